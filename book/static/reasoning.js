// The argument as a graph: what leads to a point, what follows from it, and the way from one to
// another. No page is needed for it. Links run in the order of the stages, as in helpers/argument.
"use strict";

/** @param {Tie[]} ties @returns {Reasoning} */
function makeReasoning(ties) {
  /** @param {boolean} statedAlone */
  const inForce = (statedAlone) => (statedAlone ? ties.filter(({ stated }) => stated) : ties);

  // Steps to every point that can be reached, in one direction.
  /** @param {string} start @param {Tie[]} held @param {"from" | "to"} near @param {"from" | "to"} far */
  function reached(start, held, near, far) {
    const steps = new Map([[start, 0]]);
    for (const [point, step] of steps) { // what is added while it runs is come to in its turn
      for (const tie of held) if (tie[near] === point && !steps.has(tie[far])) steps.set(tie[far], step + 1);
    }
    return steps;
  }

  /** @param {string} point @param {boolean} statedAlone */
  function around(point, statedAlone) {
    const held = inForce(statedAlone);
    const before = reached(point, held, "to", "from"), after = reached(point, held, "from", "to");
    const lit = held.filter(({ from, to }) => before.has(to) || after.has(from));
    before.delete(point);
    after.delete(point);
    return { before: [...before.keys()], after: [...after.keys()], ties: lit.map(({ id }) => id) };
  }

  // The shortest way; of several, the first by the names of its points. A stated link goes first.
  /** @param {string} start @param {string} end @param {boolean} statedAlone */
  function way(start, end, statedAlone) {
    const held = inForce(statedAlone);
    const left = reached(end, held, "to", "from");
    let point = start, steps = left.get(start);
    if (steps === undefined) return null;
    const points = [start];
    /** @type {string[]} */
    const passed = [];
    while (steps > 0) {
      steps -= 1;
      const [next] = held
        .filter(({ from, to }) => from === point && left.get(to) === steps)
        .sort((a, b) => order(a.to, b.to) || Number(b.stated) - Number(a.stated) || order(a.id, b.id));
      points.push(next.to);
      passed.push(next.id);
      point = next.to;
    }
    return { points, ties: passed };
  }

  /** @param {string} one @param {string} other */
  const order = (one, other) => (one < other ? -1 : Number(one > other));

  return { around, way };
}

if (typeof module !== "undefined") module.exports = { makeReasoning };
