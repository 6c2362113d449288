// What was taken out of messages before they were sent, kept in this tab alone: the hand-off form is filled in with it.

import { ofTab } from "./storage.js";

const KEPT = "ouderchat.weggelaten";
// The others are never needed: they are not kept here either.
const FOR_THE_FORM = ["telefoon", "email", "naam"];
const TOKEN = /\[(telefoon|email|naam)\]/;

const read = () => JSON.parse(ofTab.get(KEPT) || "{}");

export function keepOut({ id, text }, out) {
  const values = out.filter(({ kind }) => FOR_THE_FORM.includes(kind)).map(({ value }) => value);
  // Who typed what we write in the place of a value made its places uncertain.
  if (values.length && !TOKEN.test(text)) ofTab.set(KEPT, JSON.stringify({ ...read(), [id]: values }));
}

export const keptOf = ({ bericht, plaats }) => read()[bericht]?.[plaats] || "";
export const forgetKept = () => ofTab.remove(KEPT);
