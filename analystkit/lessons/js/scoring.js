/** Scores answers as scoring.py does, where it is told what they are worth; tests/lessons.json holds cases for both. */

import { offsetMap } from "./offsets.js";

/**
 * @param {string} form "spans", "choice", "chain", "order" or "set"
 * @param {object} key the exercise's key
 * @param {*} answers in the shape of the form
 * @param {string} text the article's text
 * @returns {{score: number, items: object[], extra: object[]}} each with item, credit, verdict, answer, span, why
 */
export function scoreAnswers(form, key, answers, text) {
  const score = { spans: scoreSpans, choice: scoreChoice, chain: scoreChain, order: scoreOrder, set: scoreSet }[form];
  return score(key.items, answers, text);
}

function feedback(item, credit, answer) {
  const verdict = credit >= 1 ? "right" : credit > 0 ? "near" : answer === null ? "missing" : "wrong";
  return { item: item.id, credit, verdict, answer, span: item.span ?? null, why: item.why };
}

const mean = (items) => items.reduce((sum, { credit }) => sum + credit, 0) / items.length;

/** Gives the words that a span touches: number of the first, and of the one behind the last. */
function wordCounter(text) {
  const map = offsetMap(text);
  const words = [...text.matchAll(/\S+/g)].map((match) => [
    map.toPoints(match.index),
    map.toPoints(match.index + match[0].length),
  ]);
  return ([start, end]) => [
    words.filter((word) => word[1] <= start).length,
    words.filter((word) => word[0] < end).length,
  ];
}

function sharedWords(one, other) {
  const shared = Math.min(one[1], other[1]) - Math.max(one[0], other[0]);
  return shared > 0 ? shared / (Math.max(one[1], other[1]) - Math.min(one[0], other[0])) : 0;
}

function scoreSpans(items, answers, text) {
  const wordsOf = wordCounter(text);
  const marks = answers.map(wordsOf);
  const targets = items.map((item) => item.spans.map(wordsOf));
  const close = [];
  targets.forEach((places, i) =>
    marks.forEach((mark, j) => {
      const credit = Math.max(...places.map((place) => sharedWords(place, mark)));
      if (credit > 0) close.push({ credit, i, j });
    }),
  );
  close.sort((a, b) => b.credit - a.credit || a.i - b.i || a.j - b.j);
  const markOf = new Map();
  const taken = new Set();
  const credits = new Map();
  for (const { credit, i, j } of close) {
    if (markOf.has(i) || taken.has(j)) continue;
    markOf.set(i, j);
    taken.add(j);
    credits.set(i, credit);
  }
  const again = new Set(close.filter(({ credit, i }) => credit >= 0.5 && targets[i].length > 1).map(({ j }) => j));
  const found = items.map((item, i) =>
    feedback(item, credits.get(i) ?? 0, markOf.has(i) ? answers[markOf.get(i)] : null),
  );
  const extra = answers
    .filter((_, j) => !taken.has(j) && !again.has(j))
    .map((span) => ({
      item: null,
      credit: 0,
      verdict: "wrong",
      answer: span,
      span,
      why: "This is not one of those asked for.",
    }));
  const total = items.length + markOf.size + extra.length;
  const sum = [...credits.values()].reduce((a, b) => a + b, 0);
  return { score: total ? (2 * sum) / total : 0, items: found, extra };
}

function scoreChoice(items, answers) {
  const found = items.map((item) => {
    const answer = answers[item.id] ?? null;
    return feedback(item, (answer !== null && item.credit[answer]) || 0, answer);
  });
  return { score: mean(found), items: found, extra: [] };
}

function linksOf(chain) {
  return new Set([...chain, ""].slice(1).map((next, i) => JSON.stringify([chain[i], next])));
}

function scoreChain(items, answers) {
  const found = items.map((item) => {
    const given = answers[item.id] ?? [];
    const [right, ours] = [linksOf(item.chain), linksOf(given)];
    const shared = [...ours].filter((link) => right.has(link)).length;
    const credit = given.length ? (2 * shared) / (right.size + ours.size) : 0;
    return feedback(item, credit, given.length ? given : null);
  });
  return { score: mean(found), items: found, extra: [] };
}

function scoreOrder(items, answers) {
  const place = new Map(answers.map((id, n) => [id, n]));
  const each = new Map(items.map((item) => [item.id, []]));
  let [pairs, right, wrong] = [0, 0, 0];
  items.forEach((a, n) =>
    items.slice(n + 1).forEach((b) => {
      if (a.rank === b.rank) return;
      pairs += 1;
      const both = place.has(a.id) && place.has(b.id);
      const isRight = both && place.get(a.id) < place.get(b.id) === a.rank < b.rank;
      if (isRight) right += 1;
      else if (both) wrong += 1;
      each.get(a.id).push(isRight);
      each.get(b.id).push(isRight);
    }),
  );
  const found = items.map((item) => {
    const all = each.get(item.id);
    const credit = all.length ? all.filter(Boolean).length / all.length : Number(place.has(item.id));
    return feedback(item, credit, place.get(item.id) ?? null);
  });
  return { score: pairs ? Math.max(0, (right - wrong) / pairs) : 0, items: found, extra: [] };
}

function scoreSet(items, answers) {
  const given = new Set(answers);
  const found = items
    .filter((item) => item.right)
    .map((item) => feedback(item, Number(given.has(item.id)), given.has(item.id) ? true : null));
  const extra = items.filter((item) => !item.right && given.has(item.id)).map((item) => feedback(item, 0, true));
  const right = found.filter(({ credit }) => credit).length;
  const total = found.length + items.filter((item) => given.has(item.id)).length;
  return { score: total ? (2 * right) / total : 0, items: found, extra };
}
