// The tables asked in SQL, apart from the page: SQLite runs in a worker, so that no question can
// hold the page up, and each is put to a fresh copy of the tables that can only be read.
"use strict";

/**
 * @typedef {string | number | null | Uint8Array} Cell
 * @typedef {{ columns: string[], rows: Cell[][], isCut: boolean }} Answer
 * @typedef {{ fault: "empty" | "one" | "error" | "read-only" | "slow" | "stopped" | "no-tables", said?: string, count?: number }} Fault
 * @typedef {{ program: ArrayBuffer, tables: ArrayBuffer }} Parts
 */

/**
 * What runs in the worker; it knows nothing of the page. `initSqlJs` stands before it there.
 * @param {number} most rows that are read of an answer
 */
function workAtQuestions(most) {
  /** @type {any} */
  let SQL;
  /** @type {Uint8Array} */
  let tables;

  /**
   * The statements of a text; SQLite says of each whether it is one.
   * @param {any} database
   * @param {string} sql
   */
  function statementsOf(database, sql) {
    const found = [];
    for (const statement of database.iterateStatements(sql)) found.push(statement.getSQL());
    return found;
  }

  /**
   * @param {any} database
   * @param {string} sql
   * @returns {Answer}
   */
  function read(database, sql) {
    const statement = database.prepare(sql);
    /** @type {Cell[][]} */
    const rows = [];
    while (rows.length <= most && statement.step()) rows.push(statement.get());
    const columns = statement.getColumnNames();
    return { columns, rows: rows.slice(0, most), isCut: rows.length > most };
  }

  /**
   * @param {string} sql
   * @returns {Answer | Fault}
   */
  function answer(sql) {
    const database = new SQL.Database(tables);
    try {
      database.run("PRAGMA query_only = ON");
      const [statement, ...more] = statementsOf(database, sql);
      if (!statement) return { fault: "empty" };
      if (more.length) return { fault: "one", count: more.length + 1 };
      return read(database, statement);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      return { fault: said.includes("readonly") ? "read-only" : "error", said };
    } finally {
      database.close();
    }
  }

  self.onmessage = async ({ data }) => {
    if (data.program) {
      SQL = await /** @type {any} */ (self).initSqlJs({ wasmBinary: data.program });
      tables = new Uint8Array(data.tables);
      self.postMessage({ ready: true });
    } else self.postMessage(answer(data.sql));
  };
}

/**
 * Ask the tables; a worker is started when it is first needed, and again after one was stopped.
 * @param {() => Promise<{ library: string, parts: Parts }>} load gives sql.js as text, and what it opens
 * @param {{ most: number, seconds: number }} bounds rows that are read, time that is waited
 */
function makeDatabase(load, { most, seconds }) {
  /** @type {Worker | undefined} */
  let worker;
  /** @type {(found: Answer | Fault) => void} */
  let finish = () => {};

  async function start() {
    const { library, parts } = await load();
    const text = `${library};(${workAtQuestions})(${most});`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    const started = new Worker(address);
    await new Promise((resolve, reject) => {
      started.onmessage = resolve;
      started.onerror = reject;
      started.postMessage(parts);
    });
    URL.revokeObjectURL(address);
    return started;
  }

  /** @param {Fault["fault"]} fault */
  function stop(fault = "stopped") {
    worker?.terminate();
    worker = undefined;
    finish({ fault });
  }

  /**
   * @param {string} sql
   * @returns {Promise<Answer | Fault>}
   */
  async function ask(sql) {
    try {
      worker ??= await start();
    } catch {
      return { fault: "no-tables" };
    }
    const asked = worker;
    const patience = setTimeout(() => stop("slow"), seconds * 1000);
    /** @type {Answer | Fault} */
    const found = await new Promise((resolve) => {
      finish = resolve;
      asked.onmessage = ({ data }) => resolve(data);
      asked.onerror = () => stop("no-tables");
      asked.postMessage({ sql });
    });
    clearTimeout(patience);
    return found;
  }

  return { ask, stop };
}
