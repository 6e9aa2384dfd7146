/**
 * What several sources say of the same matter, side by side. An account is chosen like a mark, but has no place of its
 * own in the text: its statements do. They are the quotes as they stand now, so that what people correct counts; an
 * account that is then no longer of two sources is not shown. Pairs that pull apart are a suggestion, never a verdict.
 */

import { el } from "./dom.js";
import { likelihood, plural } from "./words.js";

/** The accounts of an analysis that at least two speakers give, each with its quotes and its pairs that pull apart. */
export function accountsOf(data) {
  const quotes = new Map((data.quotes ?? []).map((quote) => [quote.id, quote]));
  const found = (data.accounts ?? []).map((item) => {
    const statements = (item.statements ?? []).map((id) => quotes.get(id)).filter(Boolean);
    const speakers = new Set(statements.map(({ speaker }) => speaker).filter(Boolean));
    const pairs = (item.differences ?? [])
      .map((difference) => ({ difference, pair: (difference.statements ?? []).map((id) => quotes.get(id)) }))
      .filter(({ pair: [one, other] }) => one && other && one.speaker !== other.speaker);
    return { item, statements, speakers, pairs };
  });
  return found.filter(({ speakers }) => speakers.size > 1);
}

const NOBODY = { statements: [], speakers: new Set(), pairs: [] };
const accountOf = (data, item) => accountsOf(data).find((one) => one.item.id === item.id);

/** Whether a record is a statement of an account. */
export const isStatement = (account, { id }) => (account.statements ?? []).includes(id);

/** What a screen reader hears when an account is chosen. */
export function describeAccount(item, data) {
  const { speakers, pairs } = accountOf(data, item) ?? NOBODY;
  return `What is said of ${item.matter}, ${plural(speakers.size, "source")}${pairs.length ? ", accounts differ" : ""}`;
}

const flag = () => el("span", { class: "ak-apart" }, "≠ ", "accounts differ");

/** The entry that leads to an account; it says so where accounts differ. */
function accountEntry({ item, speakers, pairs }) {
  return el(
    "button",
    { type: "button", class: "ak-entry ak-row", "data-open": item.id },
    el("span", {}, el("bdi", {}, item.matter), pairs.length ? " " : null, pairs.length ? flag() : null),
    el("span", { class: "ak-count", "aria-label": plural(speakers.size, "source") }, String(speakers.size)),
  );
}

/** A section that leads to accounts: all of them, those of one quote or of one entity; differing ones first. */
export function accountsSection(cards, title, isWanted = () => true) {
  const all = accountsOf(cards.data).filter(({ item }) => isWanted(item));
  all.sort((a, b) => Number(b.pairs.length > 0) - Number(a.pairs.length > 0));
  return cards.section(title, cards.list(all, accountEntry));
}

/** One statement: through whom it came, and its words. */
function statement(cards, quote) {
  const name = (id) => el("bdi", {}, cards.names.get(id) ?? "speaker unknown");
  const chain = [quote.speaker, ...(quote.via ?? [])].map(name);
  const entry = cards.quoteEntry(quote);
  const links = chain.flatMap((one) => [one, el("span", { class: "ak-arrow" }, " → ")]);
  entry.prepend(el("span", { class: "ak-told" }, ...links, "this article"));
  return entry;
}

/** Why two statements seem to pull apart: the reason, the words that it rests on, and how sure it is. */
function reason(cards, { why, evidence = [], confidence }) {
  const words = [...new Set(evidence.map((span) => `“${cards.words(span)}”`))].join(" and ");
  const known = why === words ? [why] : [why, words]; // opposite words are their own reason
  return known.filter(Boolean).join(": ") + (typeof confidence === "number" ? ` (${likelihood(confidence)})` : "");
}

function adviceOn(sources, pairs) {
  if (!sources) return "After what was corrected, no two sources speak of it any more.";
  const advice = pairs
    ? "Where accounts seem to differ, read both: both may be true, and neither need be."
    : "Nothing was found in which they differ; that does not mean that they agree.";
  return `${sources} sources speak of it. ${advice}`;
}

/** The card of an account: pairs that pull apart, each with its evidence; then what else is said of the matter. */
export function accountCard(cards, item) {
  const { statements, speakers, pairs } = accountOf(cards.data, item) ?? NOBODY;
  const apart = new Set(pairs.flatMap(({ pair }) => pair));
  const rest = statements.filter((quote) => !apart.has(quote));
  const draw = ({ difference, pair }) =>
    el(
      "div",
      { class: "ak-pair" },
      ...pair.map((quote) => statement(cards, quote)),
      el("p", { class: "ak-quiet" }, reason(cards, difference)),
    );
  return [
    el("p", { class: "ak-kind" }, "told by several sources"),
    cards.heading({}, cards.names.has(item.entity) ? cards.who(item.entity) : el("bdi", {}, item.matter)),
    el("p", { class: "ak-quiet" }, adviceOn(speakers.size, pairs.length)),
    pairs.length ? cards.section("≠ Accounts differ", cards.list(pairs, draw)) : null,
    cards.section(
      pairs.length ? "Also said of it" : "What each says",
      cards.list(rest, (quote) => statement(cards, quote)),
    ),
  ];
}
