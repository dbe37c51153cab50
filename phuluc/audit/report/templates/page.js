"use strict";
// The page: its data, its words, making elements, which view is shown. Texts of documents only ever become text nodes.
document.documentElement.classList.add("scripted");
const DATA = JSON.parse(document.getElementById("data").textContent);
const SEVERITIES = ["error", "warning", "info"];
const root = document.documentElement;
const overview = document.getElementById("overview");
const view = document.getElementById("view");

// What each list of DATA holds at which place; payload.py writes them so.
const DOC = { path: 0, symbol: 1, title: 2, body: 3, year: 4, lastYear: 5, tasks: 6, found: 7, scores: 8 };
const TASK = { doc: 0, page: 1, stt: 2, section: 3, text: 4, product: 5, lead: 6, support: 7, deadline: 8 };
const FOUND = { rule: 0, severity: 1, doc: 2, task: 3, message: 4, file: 5, page: 6, text: 7, related: 8 };
const GROUP = { theme: 0, members: 1, size: 2, bodies: 3, leads: 4, spread: 5, shifts: 6, dropped: 7 };
const MEMBER = { task: 0, score: 1, days: 2, oddLead: 3, oddProduct: 4, reason: 5 };

// Words
const lang = () => root.lang;
const inLang = (pair) => (Array.isArray(pair) ? pair[lang() === "vi" ? 0 : 1] : pair);
function say(key, values = {}) {
  return DATA.words[lang()][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}
const number = (value, digits = 0) =>
  value.toLocaleString(lang() === "vi" ? "vi-VN" : "en-GB", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
const pad = (value) => String(value).padStart(2, "0");
const date = (year, month, day) =>
  lang() === "vi" ? `${pad(day)}/${pad(month)}/${year}` : `${year}-${pad(month)}-${pad(day)}`;
const body = (place) => DATA.bodies[place];
const rule = (place) => inLang(DATA.rules[place][1]);
const theme = (code) => (code === null ? say("theme.none") : inLang(DATA.themes[code]));
const nameOf = (doc) => doc[DOC.symbol] || doc[DOC.path];
// A body whose place is not known is called by the file: no need to say it twice.
const besideBody = (doc) =>
  doc[DOC.symbol] || (body(doc[DOC.body]).includes(doc[DOC.path]) ? "" : doc[DOC.path]);
const years = (doc) =>
  doc[DOC.year] === null
    ? ""
    : doc[DOC.lastYear] === doc[DOC.year]
      ? String(doc[DOC.year])
      : `${doc[DOC.year]}–${doc[DOC.lastYear]}`;

// Elements
function el(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "on")
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== false));
  return made;
}
// Words of a document: Vietnamese whatever the page speaks, and kept from turning round what stands beside them.
const quoted = (text, attributes) => el("bdi", { lang: "vi", ...attributes }, text);
const dotted = (...parts) => parts.filter(Boolean).flatMap((part, at) => (at ? [" · ", part] : [part]));
const onPage = (page) => (page ? say("page.of", { page }) : "");
const LONG = 420;
function longText(text, tag = "span") {
  if (text.length <= LONG + 80) return el(tag, { class: "cell" }, quoted(text));
  const shown = quoted(text.slice(0, LONG) + "…");
  const button = el(
    "button",
    {
      type: "button",
      class: "link",
      "aria-expanded": "false",
      on: {
        click: () => {
          const open = button.getAttribute("aria-expanded") === "false";
          button.setAttribute("aria-expanded", String(open));
          button.textContent = say(open ? "less" : "more");
          shown.textContent = open ? text : text.slice(0, LONG) + "…";
        },
      },
    },
    say("more"),
  );
  return el(tag, { class: "cell" }, shown, " ", button);
}
const SVG = "http://www.w3.org/2000/svg";
function severity(code) {
  const mark = document.createElementNS(SVG, "svg");
  mark.setAttribute("class", "mark");
  mark.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#mark-${code}`);
  mark.append(use);
  return el("span", { class: `severity ${code}` }, mark, say(code));
}
function table(caption, heads, rows, attributes) {
  const named = (head) => (typeof head === "string" ? { text: head } : head);
  return el(
    "div",
    { class: "scroll", role: "group", tabindex: "0", "aria-label": caption },
    el(
      "table",
      attributes,
      el("caption", { class: "unseen" }, caption),
      el(
        "thead",
        null,
        el(
          "tr",
          null,
          heads.map(named).map((head) =>
            el(
              "th",
              {
                scope: "col",
                class:
                  [head.number && "number", head.share && `share-${head.share}`].filter(Boolean).join(" ") ||
                  null,
                "aria-sort": head.sort || null,
              },
              head.button || head.text,
            ),
          ),
        ),
      ),
      el("tbody", null, rows),
    ),
  );
}
const head = (title, ...below) =>
  el("header", { class: "opening" }, el("h1", { tabindex: "-1" }, title), below);

// Which view is shown: the address after "#", as #/findings?rule=…&p=2, so that links, history and bookmarks work.
const VIEWS = {};
function route() {
  const [path, query] = location.hash.replace(/^#\/?/, "").split("?");
  return { name: path || "overview", query: new URLSearchParams(query || "") };
}
function address(name, values) {
  const kept = Object.entries(values).filter(
    ([, value]) => value !== "" && value !== null && value !== undefined,
  );
  return `#/${name}` + (kept.length ? "?" + new URLSearchParams(kept) : "");
}
let printing = false;
function show(focus) {
  const { name, query } = route();
  const make = VIEWS[name];
  overview.hidden = Boolean(make);
  view.hidden = !make;
  view.replaceChildren(...(make ? make(query).filter(Boolean) : []));
  const tab = { group: "groups" }[name] || (make ? name : "overview");
  for (const link of document.querySelectorAll(".menu a"))
    if (link.getAttribute("href") === `#/${tab}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  const heading = make ? view.querySelector("h1") : overview.querySelector(`.only-${lang()} h1`);
  document.title = make && heading ? `${heading.textContent} – ${say("title")}` : say("title");
  if (focus && heading) {
    scrollTo({ top: 0, behavior: "instant" });
    heading.focus({ preventScroll: true });
  }
}
function speak(chosen) {
  root.lang = chosen;
  for (const button of document.querySelectorAll(".switch button"))
    button.setAttribute("aria-pressed", String(button.dataset.lang === chosen));
}
for (const button of document.querySelectorAll(".switch button"))
  button.addEventListener("click", () => {
    speak(button.dataset.lang);
    show(false);
  });
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#/") || !location.hash) show(true);
});
// On paper there are no pages to turn and nothing to unfold.
let unfoldedForPrint = [];
addEventListener("beforeprint", () => {
  printing = true;
  show(false);
  unfoldedForPrint = [...overview.querySelectorAll("details:not([open])")];
  for (const details of unfoldedForPrint) details.open = true;
});
addEventListener("afterprint", () => {
  printing = false;
  for (const details of unfoldedForPrint) details.open = false;
  show(false);
});
