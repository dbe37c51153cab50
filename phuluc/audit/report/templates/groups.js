// The views of groups of like tasks: all of them, and one side by side.
const representative = (group) => DATA.tasks[group[GROUP.members][0][MEMBER.task]];
// The bodies that lack a task: those with others of its theme.
const MOST_NAMED = 60;
const known = new Map();
function lacking(group) {
  if (!known.has(group)) {
    const having = new Set(group[GROUP.bodies]);
    const ofTheme = group[GROUP.theme] === null ? [] : DATA.themes[group[GROUP.theme]][2];
    known.set(
      group,
      ofTheme.filter((each) => !having.has(each)),
    );
  }
  return known.get(group);
}
VIEWS.groups = (query) => {
  const groups = DATA.groups;
  const order = {
    bodies: (one, other) => other[GROUP.bodies].length - one[GROUP.bodies].length,
    spread: (one, other) => (other[GROUP.spread] ?? -1) - (one[GROUP.spread] ?? -1),
    lacking: (one, other) => lacking(other).length - lacking(one).length,
  };
  const themes = byName(
    [...new Set(groups.map((group) => group[GROUP.theme]))].map((code) => [code ?? "-", theme(code)]),
  );
  return [
    head(say("groups.overview")),
    cutNotice(groups.length, DATA.all[1]),
    ...list(
      {
        name: "groups",
        none: groups.length ? null : say("groups.none"),
        fields: [
          { name: "q", label: say("search"), search: true },
          { name: "theme", label: say("theme"), options: themes },
          { name: "body", label: say("body"), options: bodyOptions() },
          { name: "lacking", label: say("lacking.body"), options: bodyOptions() },
          {
            name: "sort",
            label: say("sort"),
            required: true,
            options: Object.keys(order).map((key) => [key, say(`sort.${key}`)]),
          },
        ],
        find: ({ q, theme: code, body: of, lacking: lacks, sort }) => {
          const matches = matcher(q);
          const words = (group) =>
            group[GROUP.members]
              .map((member) => {
                const task = DATA.tasks[member[MEMBER.task]];
                return `${task[TASK.text]} ${task[TASK.product]} ${task[TASK.lead]} ${body(DATA.documents[task[TASK.doc]][DOC.body])}`;
              })
              .join(" ");
          const kept = keepAll(everyPlace(groups), [
            code && ((at) => (groups[at][GROUP.theme] ?? "-") === code),
            of && ((at) => groups[at][GROUP.bodies].includes(Number(of))),
            lacks && ((at) => lacking(groups[at]).includes(Number(lacks))),
            q && ((at) => matches(searchText("groups", at, () => words(groups[at])))),
          ]);
          const compare = order[sort] || order.bodies;
          return kept.sort((one, other) => compare(groups[one], groups[other]) || one - other);
        },
        draw: (places) =>
          el(
            "div",
            { class: "sheet" },
            table(
              say("groups.overview"),
              [
                { text: say("task"), share: 40 },
                { text: say("theme"), share: 15 },
                { text: say("has"), number: true },
                { text: say("lacks"), number: true },
                { text: say("lead"), share: 20 },
                { text: say("spread"), number: true },
              ],
              places.map((at) => groupRow(groups[at], at)),
            ),
          ),
      },
      query,
    ),
  ];
};
function groupRow(group, at) {
  const leads = group[GROUP.leads];
  return el(
    "tr",
    null,
    el(
      "th",
      { scope: "row" },
      el(
        "a",
        { class: "clamp", href: address("group", { n: at }) },
        quoted(representative(group)[TASK.text] || "–"),
      ),
    ),
    el("td", null, theme(group[GROUP.theme])),
    el("td", { class: "number" }, number(group[GROUP.bodies].length)),
    el("td", { class: "number" }, number(lacking(group).length)),
    el(
      "td",
      null,
      leads.slice(0, 2).map(([name], place) => [place ? "; " : "", quoted(name)]),
      leads.length > 2 ? "…" : "",
    ),
    el(
      "td",
      { class: "number" },
      group[GROUP.spread] === null ? "–" : say("spread.days", { days: number(group[GROUP.spread]) }),
    ),
  );
}

// One group, side by side
// The first words of a task: a cell may hold a list of works.
function headline(text) {
  const line = text.replace(/^[-–•+*\s]+/, "").split("\n")[0];
  return line.length <= 160 ? line : `${line.slice(0, 150).replace(/\s+\S*$/, "")} …`;
}
VIEWS.group = (query) => {
  const group = DATA.groups[Number(query.get("n"))];
  if (!group) return [head(say("group")), el("p", { class: "empty" }, say("not_found"))];
  const members = group[GROUP.members];
  return [
    el("p", null, el("a", { href: "#/groups" }, `← ${say("group.back")}`)),
    head(
      headline(representative(group)[TASK.text]) || say("group"),
      el("p", { class: "lead" }, el("span", { class: "tag" }, theme(group[GROUP.theme]))),
    ),
    el(
      "section",
      null,
      el("h2", null, say("group.side_by_side")),
      members.some((member) => member[MEMBER.days] !== null)
        ? el("p", { class: "muted" }, say("group.days.about"))
        : null,
      members.length < group[GROUP.size]
        ? el(
            "p",
            { class: "notice" },
            say("group.cut", { kept: number(members.length), all: number(group[GROUP.size]) }),
          )
        : null,
      table(
        say("group.side_by_side"),
        [
          { text: say("document"), share: 15 },
          { text: say("task"), share: 20 },
          { text: say("lead"), share: 15 },
          { text: say("product"), share: 20 },
          { text: say("deadline"), share: 15 },
          { text: say("score.alike"), share: 15 },
        ],
        members.map(memberRow),
        { class: "side" },
      ),
    ),
    el("div", { class: "columns" }, leadsOf(group), bodiesWithout(group), yearsOf(group)),
  ];
};
function memberRow(member, at) {
  const task = DATA.tasks[member[MEMBER.task]];
  const doc = DATA.documents[task[TASK.doc]];
  const cell = (text, odd) =>
    el(
      "td",
      null,
      text ? longText(text) : el("span", { class: "muted" }, say("empty")),
      odd ? [el("br"), el("span", { class: "odd" }, say("differs"))] : null,
    );
  return el(
    "tr",
    null,
    el(
      "th",
      { scope: "row" },
      quoted(body(doc[DOC.body])),
      el(
        "p",
        { class: "counts" },
        dotted(
          besideBody(doc) && quoted(besideBody(doc)),
          years(doc),
          onPage(task[TASK.page]),
          task[TASK.stt] && `${say("stt")} ${task[TASK.stt]}`,
        ),
      ),
    ),
    cell(task[TASK.text], false),
    cell(task[TASK.lead], member[MEMBER.oddLead]),
    cell(task[TASK.product], member[MEMBER.oddProduct]),
    el(
      "td",
      null,
      task[TASK.deadline] ? longText(task[TASK.deadline]) : el("span", { class: "muted" }, say("empty")),
      shift(member[MEMBER.days]),
    ),
    el(
      "td",
      null,
      at === 0
        ? say("group.representative")
        : member[MEMBER.reason]
          ? el("p", { class: "counts" }, inLang(member[MEMBER.reason]))
          : number(member[MEMBER.score], 2),
    ),
  );
}
function shift(days) {
  if (days === null) return null;
  if (!days) return el("span", { class: "shift" }, say("middle"));
  return el(
    "span",
    { class: days < 0 ? "shift early" : "shift late" },
    say(days < 0 ? "earlier" : "later", { days: number(Math.abs(days)) }),
  );
}
function leadsOf(group) {
  return el(
    "section",
    null,
    el("h2", null, say("group.leads")),
    group[GROUP.leads].length
      ? el(
          "dl",
          { class: "leads" },
          group[GROUP.leads].map(([name, bodies]) => [
            el("dt", null, quoted(name)),
            el(
              "dd",
              null,
              bodies.map((each, at) => [at ? "; " : "", quoted(body(each))]),
            ),
          ]),
        )
      : el("p", { class: "empty" }, say("empty")),
  );
}
function bodiesWithout(group) {
  const without = lacking(group);
  const more = without.length - MOST_NAMED;
  return el(
    "section",
    null,
    el("h2", null, say("group.lacking")),
    without.length
      ? [
          el("p", { class: "muted" }, say("group.lacking.about")),
          el(
            "ul",
            { class: "plainlist" },
            without.slice(0, MOST_NAMED).map((each) => el("li", null, quoted(body(each)))),
            more > 0
              ? el("li", { class: "muted" }, say("group.lacking.more", { count: number(more) }))
              : null,
          ),
        ]
      : el("p", { class: "empty" }, say("group.lacking.none")),
  );
}
function yearsOf(group) {
  const shifts = group[GROUP.shifts].map(([of, from, to, days, lead, product]) => {
    const said = [
      days ? say(days < 0 ? "year.earlier" : "year.later", { days: number(Math.abs(days)) }) : null,
      lead ? say("year.lead_changed") : null,
      product ? say("year.product_changed") : null,
    ].filter(Boolean);
    return [of, `${from} → ${to}`, said.join(", ") || say("year.same")];
  });
  const dropped = group[GROUP.dropped].map(([of, from, to]) => [
    of,
    `${from} → ${to}`,
    say("year.dropped", { from, to }),
  ]);
  const rows = [...shifts, ...dropped];
  if (!rows.length) return null;
  return el(
    "section",
    null,
    el("h2", null, say("group.years")),
    table(
      say("group.years"),
      [say("body"), say("plan_year"), say("year.change")],
      rows.map(([of, when, what]) =>
        el(
          "tr",
          null,
          el("th", { scope: "row" }, quoted(body(of))),
          el("td", { class: "nowrap" }, when),
          el("td", null, what),
        ),
      ),
    ),
  );
}
