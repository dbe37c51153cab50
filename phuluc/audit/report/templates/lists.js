// Lists: searched, filtered, and made a page at a time, so that ten thousand entries cost no more than fifty.
const PER_PAGE = 50;
const MOST_ON_PAPER = 2000;

// "thu tuc" finds "thủ tục": marks and case do not count; đ is a letter of its own to Unicode.
const fold = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/đ/g, "d");
const folded = new Map();
function searchText(key, place, make) {
  const known = folded.get(key) || folded.set(key, []).get(key);
  if (known[place] === undefined) known[place] = fold(make());
  return known[place];
}
function matcher(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  return (text) => words.every((word) => text.includes(word));
}

// A list with its filters. `spec`: name of the view; fields; keep(entry place, query) and order; draw(places).
function list(spec, query) {
  const state = el("p", { class: "state", role: "status" });
  const results = el("div");
  const values = () =>
    Object.fromEntries(spec.fields.map((field) => [field.name, query.get(field.name) || ""]));
  const draw = () => {
    const found = spec.find(values());
    const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const page = Math.min(Math.max(1, Number(query.get("p")) || 1), pages);
    const from = printing ? 0 : (page - 1) * PER_PAGE;
    const shown = found.slice(from, printing ? MOST_ON_PAPER : from + PER_PAGE);
    state.textContent = found.length
      ? say("shown", { from: number(from + 1), to: number(from + shown.length), all: number(found.length) })
      : spec.none || say("shown.none");
    const turn = (to) => {
      query.set("p", to);
      replace();
      draw();
      filterForm().scrollIntoView();
    };
    results.replaceChildren(
      ...(shown.length ? [spec.draw(shown)].flat() : []),
      ...(pages > 1 && !printing ? [pager(page, pages, turn)] : []),
    );
  };
  const replace = () => {
    const kept = Object.fromEntries([...query].filter(([, value]) => value));
    if (kept.p === "1") delete kept.p;
    history.replaceState(null, "", address(spec.name, kept));
  };
  const change = (name, value) => {
    query.set(name, value);
    query.delete("p");
    replace();
    draw();
  };
  const form = filters(spec.fields, query, change, () => {
    location.hash = address(spec.name, {});
    show(true);
  });
  draw();
  return [form, state, results];
}

function filters(fields, query, change, clear) {
  let waiting = 0;
  const made = fields
    .filter((field) => field.options || field.search)
    .map((field) => {
      const id = `field-${field.name}`;
      const control = field.search
        ? el("input", {
            id,
            type: "search",
            autocomplete: "off",
            value: query.get(field.name) || "",
            on: {
              input: () => {
                clearTimeout(waiting);
                waiting = setTimeout(() => change(field.name, control.value.trim()), 150);
              },
            },
          })
        : el(
            "select",
            { id, on: { change: () => change(field.name, control.value) } },
            (field.required ? [] : [el("option", { value: "" }, say("all"))]).concat(
              field.options.map(([value, text]) =>
                el("option", { value, selected: query.get(field.name) === String(value) }, text),
              ),
            ),
          );
      const hint = field.search ? ` (${say("search.hint")})` : "";
      return el(
        "div",
        { class: field.search ? "field wide-field" : "field" },
        el("label", { for: id }, field.label + hint),
        control,
      );
    });
  return el(
    "form",
    {
      class: "filters",
      role: "search",
      "aria-label": say("filter"),
      on: { submit: (event) => event.preventDefault() },
    },
    made,
    el("button", { type: "button", class: "plain", on: { click: clear } }, say("clear")),
  );
}

function pager(page, pages, turn) {
  const button = (to, key) =>
    el("button", { type: "button", disabled: to < 1 || to > pages, on: { click: () => turn(to) } }, say(key));
  return el(
    "nav",
    { class: "pager", "aria-label": say("pages") },
    button(page - 1, "previous"),
    el("span", null, say("page.number", { page: number(page), pages: number(pages) })),
    button(page + 1, "next"),
  );
}

// Options of a select: those that occur, by name.
const byName = (pairs) => pairs.sort((one, other) => one[1].localeCompare(other[1], lang()));
const bodyOptions = () => byName(DATA.bodies.map((name, place) => [place, name]));
const filterForm = () => view.querySelector(".filters");
const everyPlace = (entries) => [...entries.keys()];
function keepAll(places, tests) {
  const real = tests.filter(Boolean);
  return real.length ? places.filter((place) => real.every((test) => test(place))) : places;
}
const cutNotice = (kept, all) =>
  kept < all
    ? el("p", { class: "notice" }, say("shown.cut", { kept: number(kept), all: number(all) }))
    : null;
