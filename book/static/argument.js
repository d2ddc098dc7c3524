// What helpers.argument measures of the coded report, for codes that a reader changes: the numbers of
// helpers/publish/what_if/shown.py by the same keys, and whether each conclusion holds. No page here.
"use strict";

/** @param {StoredArgument} stored @returns {Argument} */
function makeArgument(stored) {
  const { conclusions, delivering, pairs, points, questions, stages, strengths, themes, tie } = stored;
  const order = new Map(stages.map((stage, place) => [stage, place]));
  const all = Object.keys(points);
  /** @param {string} point */
  const place = (point) => /** @type {number} */ (order.get(points[point]));

  // Numbers

  // An exact sum, rounded once, as math.fsum gives it.
  /** @param {number[]} numbers */
  function sum(numbers) {
    /** @type {number[]} */
    let parts = [];
    for (const number of numbers) {
      let high = number;
      /** @type {number[]} */
      const kept = [];
      for (let part of parts) {
        if (Math.abs(high) < Math.abs(part)) [high, part] = [part, high];
        const whole = high + part;
        const rest = part - (whole - high);
        if (rest) kept.push(rest);
        high = whole;
      }
      parts = [...kept, high];
    }
    return parts.reduceRight((total, part) => total + part, 0);
  }

  /** @param {boolean[]} hits */
  const share = (hits) => (hits.length ? hits.filter(Boolean).length / hits.length : NaN);

  /** @param {string[]} names */
  function counted(names) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return counts;
  }

  // How far a name is ahead of the next one, or behind the first.
  /** @param {Map<string, number>} numbers @param {string} name */
  function lead(numbers, name) {
    const others = [...numbers].filter(([other]) => other !== name).map(([, number]) => number);
    return (numbers.get(name) ?? 0) - (others.length ? Math.max(...others) : 0);
  }

  // The report as a reader codes it

  /** @param {Record<string, number>} weights @returns {[string, number][]} */
  function sharedOut(weights) {
    const total = sum(Object.values(weights));
    return Object.entries(weights).filter(([, weight]) => weight).map(([theme, weight]) => [theme, weight / total]);
  }

  /** @param {Setting} setting @returns {Coded} */
  function coded({ without = [], weights = {}, strengths: graded = {} }) {
    const left = new Set(without);
    const kept = stored.weights.filter(([point]) => !(point in weights));
    const changed = Object.entries(weights).flatMap(([point, of]) =>
      sharedOut(of).map(([theme, weight]) => /** @type {StoredWeight} */ ([point, theme, weight])));
    return {
      links: stored.links.filter(([id]) => !left.has(id)),
      weights: [...kept, ...changed],
      outcomes: stored.outcomes.map(([item, theme, strength]) => [item, theme, graded[item] ?? strength]),
    };
  }

  /** @param {Coded} report @param {string} basis */
  const linksBy = ({ links }, basis) =>
    basis === stored.every ? links : links.filter((link) => stored.stated.includes(link[4]));

  // Mean weight of every theme over the points of some stages.
  /** @param {Coded} report @param {string[]} among */
  function weightsIn({ weights }, among) {
    const rows = weights.filter(([point]) => among.includes(points[point]));
    const number = Math.max(new Set(rows.map(([point]) => point)).size, 1);
    return new Map(themes.map((theme) => [
      theme, sum(rows.filter(([, own]) => own === theme).map(([, , weight]) => weight)) / number,
    ]));
  }

  // The points that each point leads to.
  /** @param {StoredLink[]} links */
  function reach(links) {
    const following = new Map(all.map((point) => [point, /** @type {string[]} */ ([])]));
    for (const [, from, to] of links) {
      const [earlier, later] = place(from) <= place(to) ? [from, to] : [to, from];
      following.get(earlier)?.push(later);
    }
    /** @type {Map<string, Set<string>>} */
    const found = new Map();
    for (const point of [...all].sort((one, other) => place(other) - place(one))) {
      const next = following.get(point) ?? [];
      found.set(point, new Set(next.flatMap((later) => [later, ...(found.get(later) ?? [])])));
    }
    return found;
  }

  // The share of each theme that leads on to an outcome about it; themes without weight have none.
  /** @param {Coded} report @param {string} basis */
  function carried({ weights, ...report }, basis) {
    const later = reach(linksBy({ weights, ...report }, basis));
    /** @type {Map<string, number>} */
    const found = new Map();
    for (const theme of themes) {
      const own = weights.filter((row) => row[1] === theme);
      const ends = own.map(([point]) => point).filter((point) => points[point] === delivering);
      const before = own.filter(([point]) => stored.attention.includes(points[point]));
      const leading = before.filter(([point]) => ends.some((end) => later.get(point)?.has(end)));
      const [part, total] = [leading, before].map((rows) => sum(rows.map(([, , weight]) => weight)));
      if (total) found.set(theme, part / total);
    }
    return found;
  }

  /** @param {string} question */
  function asked(question) {
    const about = questions[question];
    return all.filter((point) => about
      ? pairs[about[0]].some((pair) => pair[about[1] === "from" ? 0 : 1] === points[point])
      : place(point) < /** @type {number} */ (order.get(delivering)));
  }

  /** @param {Coded} report @param {string} question @param {string} basis */
  function loose(report, question, basis) {
    const links = linksBy(report, basis);
    const about = questions[question];
    if (!about) {
      const later = reach(links);
      return asked(question).filter((point) => !outcomesAmong(later.get(point)));
    }
    const tied = links.filter((link) => link[3] === about[0]).map((link) => link[about[1] === "from" ? 1 : 2]);
    return asked(question).filter((point) => !tied.includes(point));
  }

  /** @param {Set<string>} [later] */
  const outcomesAmong = (later = new Set()) => [...later].filter((point) => points[point] === delivering).length;

  // What conclusions rest on, as helpers/argument/measures.py has it

  /** @type {Record<string, (report: Coded, ...subject: string[]) => number>} */
  const MEASURES = {
    strength_share: ({ outcomes }, strength) => share(outcomes.map((item) => item[2] === strength)),
    strength_lead: ({ outcomes }, strength) => lead(counted(outcomes.map((item) => item[2])), strength),
    items_at_least: ({ outcomes }, theme, strength) => outcomes.filter((item) =>
      item[1] === theme && strengths.indexOf(item[2]) >= strengths.indexOf(strength)).length,
    outcome_lead: ({ outcomes }, theme) => lead(counted(outcomes.map((item) => item[1])), theme),
    attention_lead: (report, theme) => lead(weightsIn(report, stored.attention), theme),
    attention_rank: (report, theme) => {
      const weights = weightsIn(report, stored.attention);
      return 1 + [...weights.values()].filter((weight) => weight > (weights.get(theme) ?? 0) + tie).length;
    },
    stage_weight: (report, theme, stage) => weightsIn(report, [stage]).get(theme) ?? 0,
    stage_lead: (report, theme, stage) => lead(weightsIn(report, [stage]), theme),
    weight_change: (report, theme, before, after) =>
      MEASURES.stage_weight(report, theme, after) - MEASURES.stage_weight(report, theme, before),
    carried_share: (report, theme, basis) => carried(report, basis).get(theme) ?? 0,
    themes_carried: (report, basis) => [...carried(report, basis).values()].filter((part) => part > 0).length,
    themes_left: (report, basis) => [...carried(report, basis).values()].filter((part) => part === 0).length,
    loose_share: (report, question, basis) => {
      const found = loose(report, question, basis);
      return share(asked(question).map((point) => found.includes(point)));
    },
    is_loose: (report, question, basis, point) => Number(loose(report, question, basis).includes(point)),
    loose_count: (report, question, basis) => loose(report, question, basis).length,
    links_of: (report, relation, basis) => linksBy(report, basis).filter((link) => link[3] === relation).length,
    links_to: (report, relation, point, basis) => ends(report, relation, basis).get(point) ?? 0,
    links_to_lead: (report, relation, point, basis) => lead(ends(report, relation, basis), point),
    stage_tied_to: (report, stage, relation, basis, point) => {
      const links = linksBy(report, basis).filter((link) => link[3] === relation && link[2] === point);
      const tied = links.map(([, from]) => from);
      return share(all.filter((start) => points[start] === stage).map((start) => tied.includes(start)));
    },
    stated_more: ({ links }, ...relations) => {
      const [one, other] = relations.map((relation) =>
        share(links.filter((link) => link[3] === relation).map((link) => stored.stated.includes(link[4]))));
      return one - other;
    },
    statements_lead: (_report, section, side) =>
      lead(counted(stored.positions.filter(([own]) => own === section).map(([, own]) => own)), side),
  };

  /** @param {Coded} report @param {string} relation @param {string} basis */
  const ends = (report, relation, basis) =>
    counted(linksBy(report, basis).filter((link) => link[3] === relation).map((link) => link[2]));

  /** @type {Record<string, (value: number, threshold: number) => boolean>} */
  const COMPARISONS = {
    above: (value, threshold) => value > threshold,
    "at-least": (value, threshold) => value >= threshold,
    equal: (value, threshold) => value === threshold,
    "at-most": (value, threshold) => value <= threshold,
    below: (value, threshold) => value < threshold,
  };

  /** @param {Coded} report @param {StoredConclusion} conclusion @returns {Judged} */
  function judged(report, { measure, subject, comparison, threshold }) {
    const value = MEASURES[measure](report, ...subject);
    const near = Math.abs(value - threshold) <= tie;
    return { value, holds: COMPARISONS[comparison](near ? threshold : value, threshold) };
  }

  // The numbers of the page

  /** @param {Coded} report */
  function values(report) {
    /** @type {Record<string, number>} */
    const found = {};
    const attention = weightsIn(report, stored.attention);
    for (const theme of themes) found[`attention ${theme}`] = attention.get(theme) ?? 0;
    for (const stage of stages)
      for (const [theme, weight] of weightsIn(report, [stage])) found[`weight ${theme} ${stage}`] = weight;
    for (const strength of strengths) {
      const reaching = report.outcomes.filter((item) => item[2] === strength);
      found[`count ${strength}`] = reaching.length;
      for (const theme of themes) found[`count ${theme} ${strength}`] = reaching.filter((item) => item[1] === theme).length;
    }
    for (const basis of stored.bases) Object.assign(found, linked(report, basis));
    return found;
  }

  /** @param {Coded} report @param {string} basis */
  function linked(report, basis) {
    /** @type {Record<string, number>} */
    const found = {};
    const shares = carried(report, basis);
    for (const theme of themes) found[`carried ${theme} ${basis}`] = shares.get(theme) ?? NaN;
    for (const question of Object.keys(questions)) {
      const open = loose(report, question, basis);
      found[`loose ${question} ${basis}`] = open.length;
      for (const point of asked(question)) found[`loose ${question} ${basis} ${point}`] = Number(open.includes(point));
    }
    for (const [point, later] of reach(linksBy(report, basis))) found[`reached ${point} ${basis}`] = outcomesAmong(later);
    return found;
  }

  /** @param {Setting} setting @returns {Measured} */
  function measured(setting) {
    const report = coded(setting);
    const found = conclusions.map((conclusion) => [conclusion.id, judged(report, conclusion)]);
    return { values: values(report), conclusions: Object.fromEntries(found) };
  }

  return { measured, measures: Object.keys(MEASURES), comparisons: Object.keys(COMPARISONS) };
}

if (typeof module !== "undefined") module.exports = { makeArgument };
