// Keys for the console, and the button that prints a letter: J and K walk the list, Enter opens (the link has the
// focus), N does the next step, / searches.  Every page works without them.
"use strict";
(function () {
	const rows = () =>
		Array.from(document.querySelectorAll("table.q tbody tr"));
	const link = (row) => row.querySelector("a.row");

	function select(row) {
		for (const r of rows()) {
			r.classList.toggle("cur", r === row);
		}
		link(row).focus();
		row.scrollIntoView({ block: "nearest" });
	}

	function move(by) {
		const all = rows();
		const at = all.findIndex((r) => r.classList.contains("cur"));
		const to = at < 0 ? 0 : at + by;

		if (all[to]) {
			select(all[to]);
		}
	}

	function next() {
		const here = document.getElementById("next");
		const row = document.querySelector("table.q tr.cur");

		if (here) {
			here.focus();
			here.click();
		} else if (row) {
			link(row).click();
		}
	}

	const keys = {
		j: () => move(1),
		k: () => move(-1),
		n: next,
		"/": () => {
			const field = document.getElementById("q");

			if (field) {
				field.focus();
				field.select();
			}
		},
	};

	document.addEventListener("keydown", (event) => {
		const typing = event.target.closest("input, textarea, select");
		const action = keys[event.key];

		if (!action || typing || event.ctrlKey || event.metaKey ||
			event.altKey) {
			return;
		}
		event.preventDefault();
		action();
	});

	for (const button of document.querySelectorAll("button[data-print]")) {
		button.hidden = false;
		button.addEventListener("click", () => window.print());
	}
})();
