// What the body editor of a story has beyond its own: the names under which articles/fields.py asks for them.

export { Document, Picture } from "./picture.js";
export { Heading, Paste } from "./paste.js";
export { Link } from "./link.js";
export { QuoteMark } from "./quote_mark.js";
export { Toolbar } from "./toolbar.js";
