// The views: findings, groups of like tasks, one group, calendar, documents.

// Findings
VIEWS.findings = (query) => {
  const chosen = DATA.rules.findIndex((each) => each[0] === query.get("rule"));
  const ofRule = chosen >= 0 && DATA.rules[chosen];
  const found = DATA.findings;
  const doc = query.get("document") ? DATA.documents[Number(query.get("document"))] : null;
  const about = ofRule && inLang(ofRule[2]) !== ""
    ? el("dl", { class: "about-rule" },
      el("dt", null, say("why")), el("dd", null, inLang(ofRule[2])),
      el("dt", null, say("example")), el("dd", null, inLang(ofRule[3])),
      el("dt", null, say("rule.code")), el("dd", null, el("code", null, ofRule[0])))
    : null;
  return [
    head(ofRule ? rule(chosen) : say("findings.all"), doc ? el("p", { class: "lead" }, place(doc)) : null, about),
    cutNotice(found.length, DATA.all[0]),
    ...list({
      name: "findings",
      fields: [
        { name: "q", label: say("search"), search: true },
        { name: "severity", label: say("severity"), options: SEVERITIES.map((code) => [code, say(code)]) },
        { name: "rule", label: say("rule"), options: byName(DATA.rules.map((each, at) => [each[0], rule(at)])) },
        { name: "body", label: say("body"), options: bodyOptions() },
        { name: "document" },
      ],
      find: ({ q, severity: code, rule: id, body: of, document: inDoc }) => {
        const matches = matcher(q);
        const ruleAt = DATA.rules.findIndex((each) => each[0] === id);
        const inBody = (at) => at !== null && DATA.documents[at][DOC.body] === Number(of);
        return keepAll(everyPlace(found), [
          code && ((at) => SEVERITIES[found[at][FOUND.severity]] === code),
          id && ((at) => found[at][FOUND.rule] === ruleAt),
          of && ((at) => inBody(found[at][FOUND.doc])),
          inDoc && ((at) => found[at][FOUND.doc] === Number(inDoc)),
          q && ((at) => matches(searchText(`findings ${lang()}`, at, () => wordsOf(found[at])))),
        ]);
      },
      draw: (places) => el("ol", { class: "cards" }, places.map((at) => el("li", null, card(at, !ofRule)))),
    }, query),
  ].filter(Boolean);
};
function wordsOf(found) {
  const task = found[FOUND.task] === null ? null : DATA.tasks[found[FOUND.task]];
  return [inLang(found[FOUND.message]), found[FOUND.text], found[FOUND.file], rule(found[FOUND.rule]),
    found[FOUND.doc] === null ? "" : nameOf(DATA.documents[found[FOUND.doc]]), task ? task[TASK.text] : ""].join(" ");
}
const place = (doc, page) => [
  quoted(nameOf(doc)), ` · `, quoted(body(doc[DOC.body])), years(doc) ? ` · ${years(doc)}` : "",
  page ? ` · ${say("page.of", { page })}` : ""];
function card(at, withRule) {
  const found = DATA.findings[at];
  const doc = found[FOUND.doc] === null ? null : DATA.documents[found[FOUND.doc]];
  const task = found[FOUND.task] === null ? null : DATA.tasks[found[FOUND.task]];
  const id = DATA.rules[found[FOUND.rule]][0];
  const said = inLang(found[FOUND.message]);
  const page = found[FOUND.page] || (task && task[TASK.page]);
  return el("article", null,
    el("div", { class: "card-head" },
      severity(SEVERITIES[found[FOUND.severity]]),
      withRule ? el("a", { href: address("findings", { rule: id }) }, rule(found[FOUND.rule])) : null,
      doc ? el("span", { class: "place" }, place(doc, page)) : found[FOUND.file] ? el("span", { class: "place" }, quoted(found[FOUND.file])) : null),
    el("p", { class: "message" }, el("bdi", null, said)),
    found[FOUND.text] ? el("blockquote", null, longText(found[FOUND.text])) : null,
    unfolded(at, found, doc, task));
}
// The row, what it is compared with and the picture are made when asked for; on paper all but the picture stand open.
function unfolded(at, found, doc, task) {
  const picture = DATA.pictures[at];
  if (!task && !picture && !found[FOUND.related].length) return null;
  const inside = () => [
    task ? rowOf(task) : null,
    found[FOUND.related].length ? el("div", { class: "related" }, `${say("related")}:`,
      el("ul", null, found[FOUND.related].map((each) => el("li", null, relatedTo(each))))) : null,
    picture ? figure(picture, doc) : null].filter(Boolean);
  if (printing) return el("div", null, inside());
  const details = el("details", { on: { toggle: () => { if (details.open && details.children.length === 1) details.append(...inside()); } } },
    el("summary", null, say("evidence.cell")));
  return details;
}
function rowOf(task) {
  const rows = [["section", TASK.section], ["stt", TASK.stt], ["task", TASK.text], ["product", TASK.product],
    ["lead", TASK.lead], ["support", TASK.support], ["deadline", TASK.deadline]];
  return el("dl", { class: "row-of" }, rows.map(([key, at]) => [
    el("dt", null, say(key)), el("dd", null, task[at] ? longText(task[at]) : el("span", { class: "muted" }, say("empty")))]));
}
function relatedTo(each) {
  if (each < 0) return place(DATA.documents[-1 - each]);
  const task = DATA.tasks[each];
  return [longText(task[TASK.text] || "–"), el("div", { class: "muted" }, place(DATA.documents[task[TASK.doc]], task[TASK.page]),
    task[TASK.deadline] ? [` · ${say("deadline")}: `, quoted(task[TASK.deadline])] : "")];
}
function figure([source, width, height, page], doc) {
  const caption = say("evidence.picture", { file: doc ? doc[DOC.path] : "", page });
  return el("figure", null, el("img", { src: source, width, height, alt: caption, decoding: "async" }), el("figcaption", null, el("bdi", null, caption)));
}

// Groups of like tasks
const representative = (group) => DATA.tasks[group[GROUP.members][0][MEMBER.task]];
VIEWS.groups = (query) => {
  const groups = DATA.groups;
  const order = {
    bodies: (one, other) => other[GROUP.bodies].length - one[GROUP.bodies].length,
    spread: (one, other) => (other[GROUP.spread] ?? -1) - (one[GROUP.spread] ?? -1),
    lacking: (one, other) => other[GROUP.lackingCount] - one[GROUP.lackingCount],
  };
  const themes = byName([...new Set(groups.map((group) => group[GROUP.theme]))].map((code) => [code ?? "-", theme(code)]));
  return [
    head(say("groups.overview")),
    cutNotice(groups.length, DATA.all[1]),
    ...list({
      name: "groups",
      none: groups.length ? null : say("groups.none"),
      fields: [
        { name: "q", label: say("search"), search: true },
        { name: "theme", label: say("theme"), options: themes },
        { name: "body", label: say("body"), options: bodyOptions() },
        { name: "lacking", label: say("lacking.body"), options: bodyOptions() },
        { name: "sort", label: say("sort"), required: true, options: Object.keys(order).map((key) => [key, say(`sort.${key}`)]) },
      ],
      find: ({ q, theme: code, body: of, lacking, sort }) => {
        const matches = matcher(q);
        const words = (group) => group[GROUP.members].map((member) => {
          const task = DATA.tasks[member[MEMBER.task]];
          return `${task[TASK.text]} ${task[TASK.product]} ${task[TASK.lead]} ${body(DATA.documents[task[TASK.doc]][DOC.body])}`;
        }).join(" ");
        const kept = keepAll(everyPlace(groups), [
          code && ((at) => (groups[at][GROUP.theme] ?? "-") === code),
          of && ((at) => groups[at][GROUP.bodies].includes(Number(of))),
          lacking && ((at) => groups[at][GROUP.lacking].includes(Number(lacking))),
          q && ((at) => matches(searchText("groups", at, () => words(groups[at])))),
        ]);
        const compare = order[sort] || order.bodies;
        return kept.sort((one, other) => compare(groups[one], groups[other]) || one - other);
      },
      draw: (places) => el("div", { class: "sheet" }, table(say("groups.overview"),
        [{ text: say("task"), share: 40 }, { text: say("theme"), share: 15 }, { text: say("has"), number: true }, { text: say("lacks"), number: true },
          { text: say("lead"), share: 20 }, { text: say("spread"), number: true }],
        places.map((at) => groupRow(groups[at], at)))),
    }, query),
  ].filter(Boolean);
};
function groupRow(group, at) {
  const leads = group[GROUP.leads];
  return el("tr", null,
    el("th", { scope: "row" }, el("a", { class: "clamp", href: address("group", { n: at }) }, quoted(representative(group)[TASK.text] || "–"))),
    el("td", null, theme(group[GROUP.theme])),
    el("td", { class: "number" }, number(group[GROUP.bodies].length)),
    el("td", { class: "number" }, number(group[GROUP.lackingCount])),
    el("td", null, leads.slice(0, 2).map(([name], place) => [place ? "; " : "", quoted(name)]), leads.length > 2 ? "…" : ""),
    el("td", { class: "number" }, group[GROUP.spread] === null ? "–" : say("spread.days", { days: number(group[GROUP.spread]) })));
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
    head(headline(representative(group)[TASK.text]) || say("group"), el("p", { class: "lead" }, el("span", { class: "tag" }, theme(group[GROUP.theme])))),
    el("section", null, el("h2", null, say("group.side_by_side")),
      members.length < group[GROUP.size] ? el("p", { class: "notice" }, say("group.cut", { kept: number(members.length), all: number(group[GROUP.size]) })) : null,
      table(say("group.side_by_side"), [{ text: say("document"), share: 15 }, { text: say("task"), share: 20 }, { text: say("lead"), share: 15 }, { text: say("product"), share: 20 },
          { text: say("deadline"), share: 15 }, { text: say("score.alike"), share: 15 }],
        members.map(memberRow), { class: "side" })),
    el("div", { class: "columns" }, leadsOf(group), lackingOf(group), yearsOf(group)),
  ];
};
function memberRow(member, at) {
  const task = DATA.tasks[member[MEMBER.task]];
  const doc = DATA.documents[task[TASK.doc]];
  const cell = (text, odd) => el("td", null, text ? longText(text) : el("span", { class: "muted" }, say("empty")),
    odd ? [el("br"), el("span", { class: "odd" }, say("differs"))] : null);
  return el("tr", null,
    el("th", { scope: "row" }, quoted(body(doc[DOC.body])), el("p", { class: "counts" }, quoted(nameOf(doc)), years(doc) ? ` · ${years(doc)}` : "",
      task[TASK.page] ? ` · ${say("page.of", { page: task[TASK.page] })}` : "", task[TASK.stt] ? ` · ${say("stt")} ${task[TASK.stt]}` : "")),
    cell(task[TASK.text], false), cell(task[TASK.lead], member[MEMBER.oddLead]), cell(task[TASK.product], member[MEMBER.oddProduct]),
    el("td", null, task[TASK.deadline] ? longText(task[TASK.deadline]) : el("span", { class: "muted" }, say("empty")), shift(member[MEMBER.days])),
    el("td", null, at === 0 ? say("group.representative")
      : member[MEMBER.reason] ? el("p", { class: "counts" }, inLang(member[MEMBER.reason])) : number(member[MEMBER.score], 2)));
}
function shift(days) {
  if (days === null) return null;
  if (!days) return el("span", { class: "shift" }, say("middle"));
  return el("span", { class: days < 0 ? "shift early" : "shift late" }, say(days < 0 ? "earlier" : "later", { days: number(Math.abs(days)) }));
}
function leadsOf(group) {
  return el("section", null, el("h2", null, say("group.leads")),
    group[GROUP.leads].length
      ? el("dl", { class: "leads" }, group[GROUP.leads].map(([name, bodies]) => [
        el("dt", null, quoted(name)), el("dd", null, bodies.map((each, at) => [at ? "; " : "", quoted(body(each))]))]))
      : el("p", { class: "empty" }, say("empty")));
}
function lackingOf(group) {
  const more = group[GROUP.lackingCount] - group[GROUP.lacking].length;
  return el("section", null, el("h2", null, say("group.lacking")),
    group[GROUP.lackingCount]
      ? [el("p", { class: "muted" }, say("group.lacking.about")),
        el("ul", { class: "plainlist" }, group[GROUP.lacking].map((each) => el("li", null, quoted(body(each)))),
          more ? el("li", { class: "muted" }, say("group.lacking.more", { count: number(more) })) : null)]
      : el("p", { class: "empty" }, say("group.lacking.none")));
}
function yearsOf(group) {
  const shifts = group[GROUP.shifts].map(([of, from, to, days, lead, product]) => {
    const said = [days ? say(days < 0 ? "year.earlier" : "year.later", { days: number(Math.abs(days)) }) : null,
      lead ? say("year.lead_changed") : null, product ? say("year.product_changed") : null].filter(Boolean);
    return [of, `${from} → ${to}`, said.join(", ") || say("year.same")];
  });
  const dropped = group[GROUP.dropped].map(([of, from, to]) => [of, `${from} → ${to}`, say("year.dropped", { from, to })]);
  const rows = [...shifts, ...dropped];
  if (!rows.length) return null;
  return el("section", null, el("h2", null, say("group.years")),
    table(say("group.years"), [say("body"), say("plan_year"), say("year.change")], rows.map(([of, when, what]) =>
      el("tr", null, el("th", { scope: "row" }, quoted(body(of))), el("td", null, when), el("td", null, what)))));
}

// Calendar
VIEWS.calendar = (query) => {
  const due = DATA.due;
  const yearsDue = [...new Set(due.map((each) => each[1]))].sort();
  const of = (at) => DATA.documents[DATA.tasks[due[at][0]][TASK.doc]];
  return [
    head(say("calendar")),
    ...list({
      name: "calendar",
      none: say("view.calendar.none"),
      fields: [
        { name: "q", label: say("search"), search: true },
        { name: "year", label: say("year"), options: yearsDue.map((year) => [year, String(year)]) },
        { name: "month", label: say("month", { month: "" }).trim(), options: [...Array(12).keys()].map((at) => [at + 1, say("month", { month: at + 1 })]).concat([["0", say("calendar.year")]]) },
        { name: "body", label: say("body"), options: bodyOptions() },
      ],
      find: ({ q, year, month, body: chosen }) => {
        const matches = matcher(q);
        const words = (task) => `${task[TASK.text]} ${task[TASK.lead]} ${task[TASK.product]} ${task[TASK.deadline]}`;
        return keepAll(everyPlace(due), [
          year && ((at) => due[at][1] === Number(year)),
          month && ((at) => (due[at][3] ? due[at][2] : 0) === Number(month)),
          chosen && ((at) => of(at)[DOC.body] === Number(chosen)),
          q && ((at) => matches(searchText("tasks", due[at][0], () => words(DATA.tasks[due[at][0]])))),
        ]);
      },
      draw: (places) => el("div", { class: "sheet" }, table(say("calendar"), [{ text: say("due"), share: 10 }, { text: say("task"), share: 30 }, { text: say("lead"), share: 15 }, { text: say("deadline"), share: 20 }, { text: say("document"), share: 20 }],
        places.map((at) => {
          const [taskAt, year, month, day] = due[at];
          const task = DATA.tasks[taskAt];
          return el("tr", null,
            el("th", { scope: "row" }, el("span", { class: "number" }, day ? date(year, month, day) : say("due.year", { year }))),
            el("td", null, longText(task[TASK.text] || "–")), el("td", null, task[TASK.lead] ? longText(task[TASK.lead]) : "–"),
            el("td", null, longText(task[TASK.deadline] || "–")), el("td", null, place(of(at), task[TASK.page])));
        }))),
    }, query),
  ];
};

// Documents
VIEWS.documents = (query) => {
  const docs = DATA.documents;
  const keys = {
    tasks: (doc) => doc[DOC.tasks], error: (doc) => doc[DOC.found][0], warning: (doc) => doc[DOC.found][1], info: (doc) => doc[DOC.found][2],
    completeness: (doc) => doc[DOC.scores][0], soundness: (doc) => doc[DOC.scores][1], concord: (doc) => doc[DOC.scores][2] };
  const upwards = new Set(["completeness", "soundness", "concord"]);
  const sorted = query.get("sort");
  const column = (key, text) => ({
    number: true, sort: sorted === key ? (upwards.has(key) ? "ascending" : "descending") : null,
    button: el("button", { type: "button", on: { click: () => { query.set("sort", key); query.delete("p"); history.replaceState(null, "", address("documents", Object.fromEntries(query))); show(false);
      view.querySelector("th[aria-sort] button").focus(); } } }, text) });
  const score = (value) => el("td", { class: "number" }, value === null ? "–" : number(value, 1));
  return [
    head(say("documents")),
    ...list({
      name: "documents",
      fields: [{ name: "q", label: say("search"), search: true }, { name: "body", label: say("body"), options: bodyOptions() }, { name: "sort" }],
      find: ({ q, body: of, sort }) => {
        const matches = matcher(q);
        const kept = keepAll(everyPlace(docs), [
          of && ((at) => docs[at][DOC.body] === Number(of)),
          q && ((at) => matches(searchText("documents", at, () => [docs[at][DOC.path], docs[at][DOC.symbol], docs[at][DOC.title], body(docs[at][DOC.body])].join(" ")))),
        ]);
        if (!keys[sort]) return kept;
        const value = (at) => keys[sort](docs[at]) ?? (upwards.has(sort) ? Infinity : -1);
        return kept.sort((one, other) => (upwards.has(sort) ? value(one) - value(other) : value(other) - value(one)) || one - other);
      },
      draw: (places) => el("div", { class: "sheet" }, table(say("documents"),
        [{ text: say("document"), share: 40 }, column("tasks", say("tasks")), column("error", say("error")), column("warning", say("warning")), column("info", say("info")),
          column("completeness", say("completeness")), column("soundness", say("soundness")), column("concord", say("concord"))],
        places.map((at) => {
          const doc = docs[at];
          const found = doc[DOC.found].reduce((sum, each) => sum + each);
          return el("tr", null,
            el("th", { scope: "row" }, found ? el("a", { href: address("findings", { document: at }) }, quoted(nameOf(doc))) : quoted(nameOf(doc)),
              el("p", { class: "counts" }, quoted(body(doc[DOC.body])), years(doc) ? ` · ${years(doc)}` : "", doc[DOC.title] ? [" · ", quoted(doc[DOC.title])] : "")),
            el("td", { class: "number" }, number(doc[DOC.tasks])), doc[DOC.found].map((each) => el("td", { class: "number" }, number(each))), doc[DOC.scores].map(score));
        }))),
    }, query),
  ];
};

speak(DATA.lang);
show(false);
