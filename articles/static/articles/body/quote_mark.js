// The quote mark: ties a passage of the text to the record of its quote.

import { Mark, crel, getMarkRange, isMacOS, pm } from "django-prose-editor/editor";
import { ask, box, choice, choices, chosenIn } from "./dialog.js";
import { addRow, bare, folded, mayAddRow, onRowsChanged, quoteRows, slugFor, slugOf, whoIn, wordsOf } from "./quote_rows.js";

const { Plugin, PluginKey } = pm.state;
const { Decoration, DecorationSet } = pm.view;

const NAME = "quoteMark";
const NEW = "new";
const MANY = 8;
const key = new PluginKey(NAME);

export const QuoteMark = Mark.create({
  name: NAME,
  priority: 1100, // outside bold and links, so that one passage is one mark
  inclusive: false,

  addAttributes() {
    return {
      slug: {
        parseHTML: (element) => element.dataset.quote,
        renderHTML: ({ slug }) => ({ "data-quote": slug }),
      },
    };
  },

  parseHTML() {
    return [{ tag: "span[data-quote]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["span", HTMLAttributes, 0];
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: NAME,
      groups: "quotes",
      button: buttons.text("Quote mark", `Quote mark: say whose words these are (${isMacOS() ? "⌘⇧M" : "Ctrl+Shift+M"})`),
      enabled: (editor) => Boolean(passageIn(editor.state)),
      active: (editor) => editor.isActive(NAME),
      command: markPassage,
    });
  },

  addKeyboardShortcuts() {
    return {
      "Mod-Shift-m": ({ editor }) => {
        markPassage(editor);
        return true;
      },
    };
  },

  addProseMirrorPlugins() {
    return [shownMarks(this.editor)];
  },
});

async function markPassage(editor) {
  const passage = passageIn(editor.state);
  if (!passage) {
    say(editor, "Select the words first, then say whose they are.");
    return;
  }
  const { from, to, words, slug } = passage;
  const rows = quoteRows();
  const list = records(rows, words, slug);
  const answer = await ask({
    title: "Whose words are these?",
    content: [crel("blockquote", { textContent: shortened(words, 400) }), ...list],
    answers: [
      { value: "mark", text: "Mark the words" },
      ...(slug ? [{ value: "remove", text: "Take the mark off" }] : []),
    ],
  });
  const text = editor.chain().focus().setTextSelection({ from, to });
  if (answer === "remove") text.unsetMark(NAME).run();
  if (answer !== "mark") return;
  const chosen = chosenIn(list.at(-1));
  const row = chosen === NEW ? addRow(bare(words)) : rows[chosen];
  text.setMark(NAME, { slug: slugFor(row) }).setTextSelection(to).run();
  if (chosen === NEW) sayItIsThere(editor, row);
  else say(editor, markedAs(row));
}

// The words selected, or else those of the mark the cursor stands in; without the space around them.
function passageIn(state) {
  const { doc, selection } = state;
  const marked = selection.$from.marks().find((mark) => mark.type.name === NAME);
  const around = marked && getMarkRange(selection.$from, marked.type, marked.attrs);
  let { from, to } = selection.empty && around ? around : selection;
  const isSpace = (at) => !doc.textBetween(at, at + 1, " ", " ").trim();
  while (from < to && isSpace(from)) from += 1;
  while (from < to && isSpace(to - 1)) to -= 1;
  const slugs = new Set();
  doc.nodesBetween(from, to, (node) => {
    for (const mark of node.marks) if (mark.type.name === NAME) slugs.add(mark.attrs.slug);
  });
  return from < to ? { from, to, words: doc.textBetween(from, to, "\n", " "), slug: [...slugs][0] } : null;
}

// The records to choose from, those with these words first. The choices come last.
function records(rows, words, slug) {
  const wanted = folded(bare(words));
  const fit = rows.map((row) => likeness(folded(wordsOf(row)), wanted));
  const order = rows.map((_, index) => index).sort((one, other) => fit[other] - fit[one] || one - other);
  const now = rows.findIndex((row) => slug && slugOf(row) === slug);
  const best = now >= 0 ? now : fit[order[0]] ? order[0] : -1;
  const labels = order.map((index) =>
    choice({ group: "record", value: index, checked: index === best }, [
      crel("span", { className: "record-words", textContent: `“${shortened(wordsOf(rows[index]), 140)}”` }),
      crel("span", { className: "record-who", textContent: whoIn(rows[index]) }),
    ]),
  );
  if (mayAddRow()) {
    const text = [
      crel("span", { className: "record-words", textContent: "A new record of these words" }),
      crel("span", { className: "record-who", textContent: "It is added under Quotes, where you choose its source." }),
    ];
    labels.push(choice({ group: "record", value: NEW, checked: best < 0 }, text));
  }
  const list = choices("Their record", labels);
  if (rows.length <= MANY) return [list];
  const find = crel("input", { type: "search", autocomplete: "off" });
  find.addEventListener("input", () => {
    for (const label of labels) label.hidden = !folded(label.textContent).includes(folded(find.value));
  });
  return [box("Find a record", find), list];
}

function likeness(record, wanted) {
  if (!record || !wanted) return 0;
  if (record === wanted) return 3;
  return wanted.includes(record) ? 2 : record.includes(wanted) ? 1 : 0;
}

const shortened = (words, most) => (words.length > most ? `${words.slice(0, most - 1).trimEnd()}…` : words);

// Shows every mark, whose words it marks, and which ones no record in the form answers to.
function shownMarks(editor) {
  const decorate = (doc) => {
    const known = new Map(quoteRows().map((row) => [slugOf(row), row]));
    const found = [];
    doc.descendants((node, at) => {
      const mark = node.marks.find(({ type }) => type.name === NAME);
      if (!mark) return;
      const row = known.get(mark.attrs.slug);
      found.push(
        Decoration.inline(at, at + node.nodeSize, {
          class: row ? "quote-mark" : "quote-mark broken",
          title: row ? whoIn(row) : "No record in this form has these words.",
        }),
      );
    });
    return DecorationSet.create(doc, found);
  };

  return new Plugin({
    key,
    state: {
      init: (_, { doc }) => decorate(doc),
      apply: (transaction, shown) =>
        transaction.docChanged || transaction.getMeta(key) ? decorate(transaction.doc) : shown,
    },
    props: { decorations: (state) => key.getState(state) },
    view(view) {
      const slugs = new WeakMap(quoteRows().map((row) => [row, slugOf(row)]));
      const stop = onRowsChanged((target) => {
        const row = target.closest?.(".inline-related");
        if (row) follow(view, slugs, row);
        view.dispatch(view.state.tr.setMeta(key, true));
      });
      return { update: () => tellOf(editor), destroy: stop };
    },
  });
}

// Marks keep to their record when its slug is changed by hand. An emptied box gets a slug again: the server would make
// one that the marks do not know.
function follow(view, slugs, row) {
  const [before, now] = [slugs.get(row), slugOf(row)];
  if (before === now) return;
  const type = view.state.schema.marks[NAME];
  const change = view.state.tr;
  view.state.doc.descendants((node, at) => {
    if (before && node.marks.some((mark) => mark.type === type && mark.attrs.slug === before)) {
      change.addMark(at, at + node.nodeSize, type.create({ slug: now }));
    }
  });
  if (change.docChanged && !now) {
    if (document.activeElement?.name?.endsWith("-slug")) return; // still typing
    slugFor(row);
    return;
  }
  slugs.set(row, now);
  if (change.docChanged) view.dispatch(change);
}

// Says below the text whose words the cursor stands in.
function tellOf(editor) {
  const mark = editor.state.selection.$from.marks().find(({ type }) => type.name === NAME);
  const line = lineOf(editor);
  if (!mark) {
    if (line.dataset.of) say(editor, "");
    return;
  }
  const row = quoteRows().find((one) => slugOf(one) === mark.attrs.slug);
  const text = row
    ? markedAs(row)
    : "This mark names a record that is not in this form. Choose another, or take the mark off.";
  if (line.dataset.of !== text) say(editor, text);
  line.dataset.of = text;
}

const markedAs = (row) => `Marked as words of ${whoIn(row)}: “${shortened(wordsOf(row), 140)}”`;

function sayItIsThere(editor, row) {
  const link = crel("a", { href: `#${row.id}`, textContent: "Go to it." });
  say(editor, "A record of these words was added under Quotes. Choose its source before you save. ", link);
}

function say(editor, ...parts) {
  const line = lineOf(editor);
  delete line.dataset.of;
  line.replaceChildren(...parts);
}

function lineOf(editor) {
  const frame = editor.view.dom.parentElement;
  const line = frame.querySelector(".body-status") ?? crel("p", { className: "body-status", role: "status" });
  if (!line.isConnected) frame.append(line);
  return line;
}
