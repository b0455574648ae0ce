#!/usr/bin/python3
"""A system that Toyon reaches by a program: here a SQLite file.

Toyon runs it once for each call.  The first line of standard input is the task,
standard output is the answer, the exit status says whether it went well;
docs/program.md describes all three.  To make one for a system of your own, keep
main() and change what class System does.
"""
import base64
import json
import os
import sqlite3
import sys
import unicodedata

# What the exit status says: docs/program.md#exit-status
UNKNOWN, DAMAGED, MISSING, AWAY, LATER, FORBIDDEN, DENIED = 64, 65, 66, 69, 75, 76, 77

AT_ONCE = 500  # values in one statement


def secret(name):
    """A secret by its name, from where Toyon's own come from."""
    folder = os.environ.get("TOYON_CREDENTIALS")
    if folder and os.path.exists(os.path.join(folder, name)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            return file.read().strip()
    value = os.environ.get("TOYON_SECRET_" + name.upper())
    if not value:
        sys.exit(DENIED)
    return value


def read_value(value):
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    return value


def write_value(value):
    if isinstance(value, bytes):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, str) and "\0" in value:
        return {"base64": base64.b64encode(value.encode()).decode()}
    return value


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def parts(values):
    """All values, some at a time; one empty part when there are none."""
    values = [read_value(v) for v in values]
    return [values[i:i + AT_ONCE] for i in range(0, len(values), AT_ONCE)]


def marks(values):
    return ", ".join("?" * len(values))


def folded(text):
    """Rough: letters and digits only, small.  Toyon looks again, exactly."""
    text = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(c for c in text if c.isalnum())


def answer(line):
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")


class System:
    def __init__(self, task):
        path = secret("notes_db")
        mode = "ro" if task["mode"] == "read" else "rw"
        self.db = sqlite3.connect(
            f"file:{path}?mode={mode}", uri=True, isolation_level=None,
            timeout=task["timeout_ms"] / 1000)
        self.db.execute("pragma foreign_keys = on")
        self.db.execute("select count(*) from sqlite_master").fetchone()

    def check(self, table, columns):
        """SQLite would take a missing column in quotes for a text."""
        rows = self.db.execute(f"pragma table_info({quoted(table)})")
        if not set(columns) <= {row[1] for row in rows} or not columns:
            sys.exit(MISSING)

    def rows(self, task):
        columns = task["columns"]
        if "where" in task:
            columns = columns + [task["where"]]
        self.check(task["table"], columns)
        select = f"select {', '.join(map(quoted, columns))} from {quoted(task['table'])}"
        if task["match"] == "all":
            yield from self.db.execute(select)
        elif task["match"] == "exact":
            for part in parts(task["values"]):
                yield from self.db.execute(
                    f"{select} where {quoted(task['where'])} in ({marks(part)})", part)
        else:
            wanted = {folded(v) for v in task["values"]}
            for row in self.db.execute(select):
                if row[-1] is not None and any(w in folded(row[-1]) for w in wanted):
                    yield row

    def columns(self):
        """Every column of every table: its key, and what it refers to."""
        tables = self.db.execute(
            "select name from sqlite_master where type = 'table' "
            "and name not like 'sqlite!_%' escape '!' order by name").fetchall()
        for (table,) in tables:
            foreign = self.db.execute(f"pragma foreign_key_list({quoted(table)})").fetchall()
            several = {row[0] for row in foreign if row[1]}  # a part of one refers to nothing
            refers = {row[3]: (row[2], row[4]) for row in foreign if row[0] not in several}
            info = self.db.execute(f"pragma table_info({quoted(table)})").fetchall()
            keys = [row[1] for row in info if row[5]]
            for _, name, type_, _, _, _ in info:
                column = {"table": table, "name": name, "type": type_,
                          "key": keys == [name]}
                if name in refers:
                    to_table, to_column = refers[name]
                    column["refers"] = {"table": to_table}
                    if to_column:
                        column["refers"]["column"] = to_column
                yield column

    def step(self, step):
        table, key = quoted(step["table"]), quoted(step["key"])
        changed = 0
        for keys in parts(step["keys"]):
            where = f"{key} in ({marks(keys)})"
            if "unlink" in step:
                column = quoted(step["unlink"]["column"])
                for values in parts(step["unlink"]["values"]):
                    changed += self.db.execute(
                        f"update {table} set {column} = null "
                        f"where {where} and {column} in ({marks(values)})",
                        keys + values).rowcount
            elif "set" in step:
                sets = ", ".join(f"{quoted(s['column'])} = ?" for s in step["set"])
                changed += self.db.execute(
                    f"update {table} set {sets} where {where}",
                    [read_value(s["value"]) for s in step["set"]] + keys).rowcount
            else:
                changed += self.db.execute(f"delete from {table} where {where}", keys).rowcount
        return changed

    def erase(self, task):
        """All steps or none: what fails takes the others back."""
        self.db.execute("begin immediate")
        self.db.execute("pragma defer_foreign_keys = on")
        changed = [self.step(step) for step in task["steps"]]
        self.db.execute("commit")
        return changed

    def insert(self, task, lines):
        statements = []
        for table in task["tables"]:
            self.check(table["table"], table["columns"])
            columns = ", ".join(map(quoted, table["columns"]))
            statements.append(f"insert into {quoted(table['table'])} ({columns}) "
                              f"values ({marks(table['columns'])})")
        self.db.execute("begin immediate")
        for line in lines:
            line = json.loads(line)
            if "end" in line:
                self.db.execute("commit")
                return
            values = [read_value(v) for v in line["row"]]
            self.db.execute(statements[line["table"]], values)
        # The last line is missing: who was telling us is gone.
        sys.exit(LATER)


def main():
    task = json.loads(sys.stdin.readline())
    if task["version"] != 1:
        sys.exit(UNKNOWN)
    system = System(task)
    done = {"done": True}
    if task["task"] == "rows":
        for row in system.rows(task):
            answer({"row": [write_value(v) for v in row]})
    elif task["task"] == "describe":
        for column in system.columns():
            answer({"column": column})
    elif task["task"] == "erase":
        done["changed"] = system.erase(task)
    elif task["task"] == "insert":
        system.insert(task, sys.stdin)
    elif task["task"] != "open":
        sys.exit(UNKNOWN)
    answer(done)


try:
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    main()
except sqlite3.IntegrityError:
    sys.exit(FORBIDDEN)
except sqlite3.OperationalError as why:
    sys.exit(LATER if "locked" in str(why) else AWAY)
except sqlite3.DatabaseError:
    sys.exit(DAMAGED)
