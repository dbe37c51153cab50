// The view of findings: of all, of a rule, of a document.
VIEWS.findings = (query) => {
  const chosen = DATA.rules.findIndex((each) => each[0] === query.get("rule"));
  const ofRule = chosen >= 0 && DATA.rules[chosen];
  const found = DATA.findings;
  const doc = query.get("document") ? DATA.documents[Number(query.get("document"))] : null;
  const about =
    ofRule && inLang(ofRule[2]) !== ""
      ? el(
          "dl",
          { class: "about-rule" },
          el("dt", null, say("why")),
          el("dd", null, inLang(ofRule[2])),
          el("dt", null, say("example")),
          el("dd", null, inLang(ofRule[3])),
          el("dt", null, say("rule.code")),
          el("dd", null, el("code", null, ofRule[0])),
        )
      : null;
  return [
    head(
      ofRule ? rule(chosen) : say("findings.all"),
      doc ? el("p", { class: "lead" }, place(doc)) : null,
      about,
    ),
    cutNotice(found.length, DATA.all[0]),
    ...list(
      {
        name: "findings",
        fields: [
          { name: "q", label: say("search"), search: true },
          { name: "severity", label: say("severity"), options: SEVERITIES.map((code) => [code, say(code)]) },
          {
            name: "rule",
            label: say("rule"),
            options: byName(DATA.rules.map((each, at) => [each[0], rule(at)])),
          },
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
        draw: (places) =>
          el(
            "ol",
            { class: "cards" },
            places.map((at) => el("li", null, card(at, !ofRule))),
          ),
      },
      query,
    ),
  ];
};
function wordsOf(found) {
  const task = found[FOUND.task] === null ? null : DATA.tasks[found[FOUND.task]];
  return [
    inLang(found[FOUND.message]),
    found[FOUND.text],
    found[FOUND.file],
    rule(found[FOUND.rule]),
    found[FOUND.doc] === null ? "" : nameOf(DATA.documents[found[FOUND.doc]]),
    task ? task[TASK.text] : "",
  ].join(" ");
}
const place = (doc, page) =>
  dotted(besideBody(doc) && quoted(besideBody(doc)), quoted(body(doc[DOC.body])), years(doc), onPage(page));
// Where to look it up: the file too, unless it has been named already.
const fullPlace = (doc, page) => {
  const named = `${besideBody(doc)} ${body(doc[DOC.body])}`.includes(doc[DOC.path]);
  return dotted(
    besideBody(doc) && quoted(besideBody(doc)),
    quoted(body(doc[DOC.body])),
    years(doc),
    !named && quoted(doc[DOC.path]),
    onPage(page),
  );
};
// The groups a task is in, for the way from a finding to how others do it.
const groupsOf = new Map();
DATA.groups.forEach((group, at) => {
  for (const member of group[GROUP.members])
    groupsOf.set(member[MEMBER.task], [...(groupsOf.get(member[MEMBER.task]) || []), at]);
});
function card(at, withRule) {
  const found = DATA.findings[at];
  const doc = found[FOUND.doc] === null ? null : DATA.documents[found[FOUND.doc]];
  const task = found[FOUND.task] === null ? null : DATA.tasks[found[FOUND.task]];
  const id = DATA.rules[found[FOUND.rule]][0];
  const said = inLang(found[FOUND.message]);
  const page = found[FOUND.page] || (task && task[TASK.page]);
  return el(
    "article",
    null,
    el(
      "div",
      { class: "card-head" },
      severity(SEVERITIES[found[FOUND.severity]]),
      withRule ? el("a", { href: address("findings", { rule: id }) }, rule(found[FOUND.rule])) : null,
      doc
        ? el("span", { class: "place" }, fullPlace(doc, page))
        : found[FOUND.file]
          ? el("span", { class: "place" }, quoted(found[FOUND.file]))
          : null,
    ),
    el("p", { class: "message" }, el("bdi", null, said)),
    found[FOUND.text] ? el("blockquote", null, longText(found[FOUND.text])) : null,
    unfolded(at, found, doc, task),
  );
}
// The row, what it is compared with and the picture are made when asked for; on paper all but the picture stand open.
function unfolded(at, found, doc, task) {
  const picture = DATA.pictures[at];
  if (!task && !picture && !found[FOUND.related].length) return null;
  const inside = () =>
    [
      task ? rowOf(task) : null,
      task ? toGroups(found[FOUND.task]) : null,
      found[FOUND.related].length
        ? el(
            "div",
            { class: "related" },
            `${say("related")}:`,
            el(
              "ul",
              null,
              found[FOUND.related].map((each) => el("li", null, relatedTo(each))),
            ),
          )
        : null,
      picture ? figure(picture, doc) : null,
    ].filter(Boolean);
  if (printing) return el("div", null, inside());
  const details = el(
    "details",
    {
      on: {
        toggle: () => {
          if (details.open && details.children.length === 1) details.append(...inside());
        },
      },
    },
    el("summary", null, say(task ? "evidence.cell" : picture ? "evidence.place" : "related")),
  );
  return details;
}
function toGroups(task) {
  const places = groupsOf.get(task) || [];
  if (!places.length) return null;
  return el(
    "p",
    { class: "related" },
    `${say("groups.overview")}: `,
    dotted(
      ...places.map((at) =>
        el(
          "a",
          { href: address("group", { n: at }) },
          headline(representative(DATA.groups[at])[TASK.text] || "–"),
        ),
      ),
    ),
  );
}
function rowOf(task) {
  const rows = [
    ["section", TASK.section],
    ["stt", TASK.stt],
    ["task", TASK.text],
    ["product", TASK.product],
    ["lead", TASK.lead],
    ["support", TASK.support],
    ["deadline", TASK.deadline],
  ];
  return el(
    "dl",
    { class: "row-of" },
    rows.map(([key, at]) => [
      el("dt", null, say(key)),
      el("dd", null, task[at] ? longText(task[at]) : el("span", { class: "muted" }, say("empty"))),
    ]),
  );
}
function relatedTo(each) {
  if (each < 0) return place(DATA.documents[-1 - each]);
  const task = DATA.tasks[each];
  return [
    longText(task[TASK.text] || "–"),
    el(
      "div",
      { class: "muted" },
      place(DATA.documents[task[TASK.doc]], task[TASK.page]),
      task[TASK.deadline] ? [` · ${say("deadline")}: `, quoted(task[TASK.deadline])] : "",
    ),
  ];
}
function figure([source, width, height, page], doc) {
  const caption = say("evidence.picture", { file: doc ? doc[DOC.path] : "", page });
  return el(
    "figure",
    null,
    el("img", { src: source, width, height, alt: caption, decoding: "async" }),
    el("figcaption", null, el("bdi", null, caption)),
  );
}
