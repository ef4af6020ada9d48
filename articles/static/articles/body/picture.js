// A picture in the text. The text only says which; what is shown of it comes from its record.

import { Document as AnyDocument, Node, crel, pm } from "django-prose-editor/editor";
import { cardOf, choosePicture } from "./picture_choice.js";

const NAME = "picture";

// Pictures stand between paragraphs and never inside anything. At least one paragraph is there to type in.
export const Document = AnyDocument.extend({ content: "picture* block (block | picture)*" });

export const Picture = Node.create({
  name: NAME,
  atom: true,
  draggable: true,

  addOptions() {
    return { cards: "" };
  },

  addAttributes() {
    return {
      slug: {
        parseHTML: (element) => element.dataset.image,
        renderHTML: ({ slug }) => ({ "data-image": slug }),
      },
    };
  },

  parseHTML() {
    return [{ tag: "figure[data-image]" }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["figure", HTMLAttributes];
  },

  addNodeView() {
    return ({ node }) => {
      const dom = crel("figure", { className: "body-picture", "aria-label": "Picture" }, [crel("p", { textContent: "Looking for the picture…" })]);
      show(dom, this.options.cards, node.attrs.slug);
      return { dom, ignoreMutation: () => true };
    };
  },

  addMenuItems({ buttons, menu }) {
    menu.defineItem({
      name: NAME,
      groups: "pictures",
      button: buttons.material("image", "Picture: put one into the text, or change the selected one"),
      active: (editor) => editor.isActive(NAME),
      command: (editor) => putIn(editor, this.options.cards),
    });
  },
});

async function show(dom, cards, slug) {
  let card;
  try {
    card = await cardOf(cards, slug);
  } catch {
    dom.replaceChildren(crel("p", { textContent: `The picture “${slug}” cannot be shown here just now.` }));
    return;
  }
  dom.classList.toggle("broken", !card);
  if (!card) {
    dom.replaceChildren(crel("p", { textContent: `No picture is called “${slug}”. Readers see nothing here.` }));
    return;
  }
  const words = [card.caption, card.credit].filter(Boolean);
  const line = crel("figcaption", { textContent: words.join(" ") || "No caption and no credit yet." });
  dom.replaceChildren(crel("img", { src: card.address, alt: card.alt, draggable: false }), line);
}

async function putIn(editor, cards) {
  const { selection } = editor.state;
  const selected = selection.node?.type.name === NAME ? selection.node : null;
  const choice = await choosePicture(cards, selected?.attrs.slug);
  editor.view.focus();
  if (choice.remove) editor.commands.deleteSelection();
  else if (choice.slug && selected) editor.commands.updateAttributes(NAME, { slug: choice.slug });
  else if (choice.slug) insert(editor, choice.slug);
}

// Behind the paragraph or list the cursor stands in. An empty paragraph makes room, or stays to go on in if it is the last.
function insert(editor, slug) {
  const { state, view } = editor;
  const { $from } = state.selection;
  const block = $from.node(1);
  const isEmpty = block?.type.name === "paragraph" && !block.content.size;
  const isLast = $from.index(0) === state.doc.childCount - 1;
  const at = !block ? $from.pos : isEmpty ? $from.before(1) : $from.after(1);
  const change = state.tr;
  if (isEmpty && !isLast) change.delete(at, $from.after(1));
  change.insert(at, state.schema.nodes[NAME].create({ slug }));
  change.setSelection(pm.state.NodeSelection.create(change.doc, at));
  view.dispatch(change.scrollIntoView());
}
