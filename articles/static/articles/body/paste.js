// What is pasted from word processors keeps its paragraphs, headings, links and lists.

import { Extension, Heading as AnyHeading, pm } from "django-prose-editor/editor";

// A story has two kinds of headings below its headline; others become the nearer one.
export const Heading = AnyHeading.extend({
  parseHTML() {
    const others = { h1: 2, h4: 3, h5: 3, h6: 3 };
    return [...this.parent(), ...Object.entries(others).map(([tag, level]) => ({ tag, attrs: { level } }))];
  },
});

export const Paste = Extension.create({
  name: "pastedStyles",

  addProseMirrorPlugins() {
    return [new pm.state.Plugin({ props: { transformPastedHTML: withoutStyles } })];
  },
});

// Styles that mean something, and those that say that a tag does not mean what it says.
const MEANINGS = [
  { tag: "strong", tags: "b, strong", is: /(^|[;\s])font-weight:\s*(bold|[6-9]00)/i, not: /(^|[;\s])font-weight:\s*(normal|[1-5]00)/i },
  { tag: "em", tags: "i, em", is: /(^|[;\s])font-style:\s*italic/i, not: /(^|[;\s])font-style:\s*normal/i },
  { tag: "sup", tags: "sup", is: /(^|[;\s])vertical-align:\s*super/i, not: /(^|[;\s])vertical-align:\s*baseline/i },
  { tag: "sub", tags: "sub", is: /(^|[;\s])vertical-align:\s*sub\b/i, not: /(^|[;\s])vertical-align:\s*baseline/i },
];

// The page's policy forbids styles in tags, so they are read as mere data, and what they mean is written as tags.
export function withoutStyles(markup) {
  const bare = markup.replace(/<(style|script)\b[^]*?<\/\1\s*>/gi, "");
  const asData = bare.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s"'/])style(\s*=)/gi, "$1data-style$2"));
  const page = new DOMParser().parseFromString(asData, "text/html");
  makeListsOfWord(page);
  for (const element of page.querySelectorAll("[data-style]")) writeMeaning(element);
  for (const element of page.querySelectorAll("[data-style]")) element.removeAttribute("data-style");
  return page.body.innerHTML;
}

function writeMeaning(element) {
  const style = element.dataset.style;
  for (const { tag, tags, is, not } of MEANINGS) {
    if (element.matches(tags) && not.test(style)) {
      element.replaceWith(...element.childNodes);
      return;
    }
    if (!element.matches("a, font, span") || !is.test(style)) continue;
    const meaning = element.ownerDocument.createElement(tag);
    meaning.append(...element.childNodes);
    element.append(meaning);
  }
}

// Word writes the items of a list as paragraphs that only look like one.
function makeListsOfWord(page) {
  let open = []; // the lists that stand open, the outermost first
  for (const item of page.querySelectorAll("p[data-style*='mso-list:' i]")) {
    const level = Number(/mso-list:[^;]*\blevel(\d)/i.exec(item.dataset.style)?.[1] ?? 0);
    if (!level) continue;
    const sign = item.querySelector("[data-style*='mso-list:' i]");
    const kind = /^\(?(\d+|[a-z]{1,4})[.)]/i.test(sign?.textContent.trim() ?? "") ? "ol" : "ul";
    sign?.remove();
    if (item.previousElementSibling !== open[0]) open = [];
    open.length = Math.min(open.length, level);
    if (open.length === level && open.at(-1).localName !== kind) open.pop();
    while (open.length < level) open.push(opened(page.createElement(kind), open.at(-1), item));
    const [entry, words] = [page.createElement("li"), page.createElement("p")];
    words.append(...item.childNodes);
    entry.append(words);
    open.at(-1).append(entry);
    item.remove();
  }
}

function opened(list, outer, item) {
  if (outer) (outer.lastElementChild ?? outer.appendChild(item.ownerDocument.createElement("li"))).append(list);
  else item.before(list);
  return list;
}
