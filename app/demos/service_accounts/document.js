// A policy's text, JSON or the YAML that gcloud prints, as data that remembers its lines.
// @ts-check

import { Block } from "./block.js";
import { Flow } from "./flow.js";
import { DocumentError } from "./scalar.js";

/** @returns {{data: any, lines: Map<string, number>}} */
export function read(text) {
  if (!text.trim()) throw new DocumentError(1, "There is nothing here: paste a policy.");
  if ("{[".includes(text.trimStart()[0])) {
    const flow = new Flow(text);
    const data = flow.value("");
    if (flow.peek()) throw new DocumentError(flow.line(), "Something follows after the end.");
    return { data, lines: flow.lines };
  }
  const block = new Block(text);
  return { data: block.whole(), lines: block.lines };
}
