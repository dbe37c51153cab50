// The other views, calendar and documents, and the beginning.

// Calendar
VIEWS.calendar = (query) => {
  const due = DATA.due;
  const yearsDue = [...new Set(due.map((each) => each[1]))].sort();
  const of = (at) => DATA.documents[DATA.tasks[due[at][0]][TASK.doc]];
  return [
    head(say("calendar")),
    cutNotice(due.length, DATA.all[2]),
    ...list(
      {
        name: "calendar",
        none: say("view.calendar.none"),
        fields: [
          { name: "q", label: say("search"), search: true },
          { name: "year", label: say("year"), options: yearsDue.map((year) => [year, String(year)]) },
          {
            name: "month",
            label: say("month", { month: "" }).trim(),
            options: [...Array(12).keys()]
              .map((at) => [at + 1, say("month", { month: at + 1 })])
              .concat([["0", say("calendar.year")]]),
          },
          { name: "body", label: say("body"), options: bodyOptions() },
        ],
        find: ({ q, year, month, body: chosen }) => {
          const matches = matcher(q);
          const words = (task) =>
            `${task[TASK.text]} ${task[TASK.lead]} ${task[TASK.product]} ${task[TASK.deadline]}`;
          return keepAll(everyPlace(due), [
            year && ((at) => due[at][1] === Number(year)),
            month && ((at) => (due[at][3] ? due[at][2] : 0) === Number(month)),
            chosen && ((at) => of(at)[DOC.body] === Number(chosen)),
            q && ((at) => matches(searchText("tasks", due[at][0], () => words(DATA.tasks[due[at][0]])))),
          ]);
        },
        draw: (places) =>
          el(
            "div",
            { class: "sheet" },
            table(
              say("calendar"),
              [
                { text: say("due"), share: 10 },
                { text: say("task"), share: 30 },
                { text: say("lead"), share: 15 },
                { text: say("deadline"), share: 20 },
                { text: say("document"), share: 20 },
              ],
              places.map((at) => {
                const [taskAt, year, month, day] = due[at];
                const task = DATA.tasks[taskAt];
                return el(
                  "tr",
                  null,
                  el(
                    "th",
                    { scope: "row" },
                    el("span", { class: "number" }, day ? date(year, month, day) : say("due.year", { year })),
                  ),
                  el("td", null, longText(task[TASK.text] || "–")),
                  el("td", null, task[TASK.lead] ? longText(task[TASK.lead]) : "–"),
                  el("td", null, longText(task[TASK.deadline] || "–")),
                  el("td", null, place(of(at), task[TASK.page])),
                );
              }),
            ),
          ),
      },
      query,
    ),
  ];
};

// Documents
VIEWS.documents = (query) => {
  const docs = DATA.documents;
  const keys = {
    tasks: (doc) => doc[DOC.tasks],
    error: (doc) => doc[DOC.found][0],
    warning: (doc) => doc[DOC.found][1],
    info: (doc) => doc[DOC.found][2],
    completeness: (doc) => doc[DOC.scores][0],
    soundness: (doc) => doc[DOC.scores][1],
    concord: (doc) => doc[DOC.scores][2],
  };
  const upwards = new Set(["completeness", "soundness", "concord"]);
  const sorted = query.get("sort");
  const column = (key, text) => ({
    number: true,
    sort: sorted === key ? (upwards.has(key) ? "ascending" : "descending") : null,
    button: el(
      "button",
      {
        type: "button",
        on: {
          click: () => {
            query.set("sort", key);
            query.delete("p");
            history.replaceState(null, "", address("documents", Object.fromEntries(query)));
            show(false);
            view.querySelector("th[aria-sort] button").focus();
          },
        },
      },
      text,
    ),
  });
  const score = (value) => el("td", { class: "number" }, value === null ? "–" : number(value, 1));
  return [
    head(say("documents")),
    ...list(
      {
        name: "documents",
        fields: [
          { name: "q", label: say("search"), search: true },
          { name: "body", label: say("body"), options: bodyOptions() },
          { name: "sort" },
        ],
        find: ({ q, body: of, sort }) => {
          const matches = matcher(q);
          const kept = keepAll(everyPlace(docs), [
            of && ((at) => docs[at][DOC.body] === Number(of)),
            q &&
              ((at) =>
                matches(
                  searchText("documents", at, () =>
                    [
                      docs[at][DOC.path],
                      docs[at][DOC.symbol],
                      docs[at][DOC.title],
                      body(docs[at][DOC.body]),
                    ].join(" "),
                  ),
                )),
          ]);
          if (!keys[sort]) return kept;
          const value = (at) => keys[sort](docs[at]) ?? (upwards.has(sort) ? Infinity : -1);
          return kept.sort(
            (one, other) =>
              (upwards.has(sort) ? value(one) - value(other) : value(other) - value(one)) || one - other,
          );
        },
        draw: (places) =>
          el(
            "div",
            { class: "sheet" },
            table(
              say("documents"),
              [
                { text: say("document"), share: 40 },
                column("tasks", say("tasks")),
                column("error", say("error")),
                column("warning", say("warning")),
                column("info", say("info")),
                column("completeness", say("completeness")),
                column("soundness", say("soundness")),
                column("concord", say("concord")),
              ],
              places.map((at) => {
                const doc = docs[at];
                const found = doc[DOC.found].reduce((sum, each) => sum + each);
                return el(
                  "tr",
                  null,
                  el(
                    "th",
                    { scope: "row" },
                    found
                      ? el("a", { href: address("findings", { document: at }) }, quoted(nameOf(doc)))
                      : quoted(nameOf(doc)),
                    el(
                      "p",
                      { class: "counts" },
                      dotted(
                        quoted(body(doc[DOC.body])),
                        years(doc),
                        doc[DOC.title] && quoted(doc[DOC.title]),
                      ),
                    ),
                  ),
                  el("td", { class: "number" }, number(doc[DOC.tasks])),
                  doc[DOC.found].map((each) => el("td", { class: "number" }, number(each))),
                  doc[DOC.scores].map(score),
                );
              }),
            ),
          ),
      },
      query,
    ),
  ];
};

speak(DATA.lang);
show(false);
