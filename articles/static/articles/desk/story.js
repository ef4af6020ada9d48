// The form of a story: nothing typed is lost, and nobody works beside somebody else without knowing it.

import { autosave } from "./autosave.js";
import { Copies, holdOpen } from "./copies.js";
import { findings } from "./findings.js";
import { offers } from "./offers.js";
import { presence } from "./presence.js";
import { shortcuts } from "./shortcuts.js";
import { Wire } from "./wire.js";

const seat = document.getElementById("open-form");
const form = document.getElementById("article_form");

if (seat && form) {
  const wire = new Wire(seat, form);
  const copies = new Copies(seat.dataset.person, seat.dataset.story);
  holdOpen(seat.dataset.key);
  const mayChange = seat.hasAttribute("data-may-change");
  const { isUnsaved } = mayChange ? autosave(form, seat, wire, copies) : { isUnsaved: () => false };
  presence(seat, wire, isUnsaved);
  findings(wire);
  offers(form, seat, wire, copies);
  shortcuts(form, seat);
}
