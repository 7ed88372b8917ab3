// The conditions of bindings, evaluated in three values: true, false and null for unknown.
// @ts-check

import { cut } from "./facts.js";

const DEEPEST = 50;
const TOKEN = /\s*(\|\||&&|!(?!=)|\(|\)|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^\s|&!()"']+|[|&!])/g;
const CALL = /^(resource\.name)\.(startsWith|endsWith)\((["'])(.*)\3\)$/;
const EQUAL = /^(resource\.(?:name|type|service))(==|!=)(["'])(.*)\3$/;
const TIME = /^request\.time(<=|>=|<|>)timestamp\((["'])(.*)\2\)$/;
const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

export function evaluate(expression, request) {
  const tokens = [...expression.matchAll(TOKEN)].map(([, token]) => token);
  if (!tokens.length || tokens.filter((token) => token === "(" || token === "!").length > DEEPEST) return null;
  const [value, rest] = whole(tokens, request);
  return rest.length ? null : value;
}

/** What IAM compares: an object's permissions are asked of the object, but listing is asked of the bucket. */
export function requestFor(permission, resource, object, time) {
  const [kind, name] = cut(resource);
  if (kind !== "buckets") return unnamed(time);
  const bucket = `projects/_/buckets/${name}`;
  const service = "storage.googleapis.com";
  if (!permission.startsWith("storage.objects.") || permission === "storage.objects.list") return { name: bucket, whole: true, type: `${service}/Bucket`, service, time };
  return { name: `${bucket}/objects/${object ?? ""}`, whole: object !== null, type: `${service}/Object`, service, time };
}

export const unnamed = (time) => ({ name: "", whole: false, type: "", service: "", time });

const both = (values) => (values.includes(false) ? false : values.includes(null) ? null : true);
const either = (values) => (values.includes(true) ? true : values.includes(null) ? null : false);

function whole(tokens, request) {
  return row(tokens, request, "||", (rest, asked) => row(rest, asked, "&&", not, both), either);
}

function row(tokens, request, operator, inner, join) {
  let [value, rest] = inner(tokens, request);
  const values = [value];
  while (rest[0] === operator) {
    [value, rest] = inner(rest.slice(1), request);
    values.push(value);
  }
  return [join(values), rest];
}

function not(tokens, request) {
  if (tokens[0] === "!") {
    const [value, rest] = not(tokens.slice(1), request);
    return [value === null ? null : !value, rest];
  }
  if (tokens[0] === "(") {
    const [value, rest] = whole(tokens.slice(1), request);
    return rest[0] === ")" ? [value, rest.slice(1)] : [null, []];
  }
  let [depth, taken] = [0, 0];
  while (taken < tokens.length && (depth || !["&&", "||", ")"].includes(tokens[taken]))) {
    depth += Number(tokens[taken] === "(") - Number(tokens[taken] === ")");
    taken += 1;
  }
  return [compare(tokens.slice(0, taken).join(""), request), tokens.slice(taken)];
}

function compare(text, request) {
  const call = CALL.exec(text);
  if (call) return named(call[2], call[4], request);
  const equal = EQUAL.exec(text);
  if (equal) {
    const known = equal[1] === "resource.type" ? request.type : request.service;
    const same = equal[1] === "resource.name" ? named("==", equal[4], request) : known ? known === equal[4] : null;
    return equal[2] === "==" || same === null ? same : !same;
  }
  const time = TIME.exec(text);
  if (time) return timed(time[1], time[3], request.time);
  return { true: true, false: false }[text] ?? null;
}

function named(how, text, { name, whole: known }) {
  if (known) return how === "startsWith" ? name.startsWith(text) : how === "endsWith" ? name.endsWith(text) : name === text;
  if (how === "startsWith" && name.startsWith(text)) return true;
  return how === "endsWith" || text.startsWith(name) ? null : false;
}

function timed(operator, text, time) {
  if (time === null || !MOMENT.test(time) || !MOMENT.test(text)) return null;
  const [now, limit] = [Date.parse(time), Date.parse(text)];
  if (Number.isNaN(now) || Number.isNaN(limit)) return null;
  return { "<": now < limit, "<=": now <= limit, ">": now > limit, ">=": now >= limit }[operator] ?? null;
}
