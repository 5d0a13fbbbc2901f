(function () {
  "use strict";
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function el(id) { return document.getElementById(id); }
  var rows = all(".rows tr[data-kind]"), bodies = all(".rows tbody"), views = all(".view");
  var form = el("filter"), words = el("words"), source = el("source"), kind = el("kind"), chosen = el("chosen"), keys = el("keys");
  var detail = el("detail"), pointer = el("pointer"), at = null, view = views[0];
  var byID = {}, texts = rows.map(function () { return null; });
  rows.forEach(function (r, i) { r.tabIndex = -1; byID["$" + r.dataset.id] = i; });

  // The rows that are shown: words, source, kind, what a review tells, the part
  // that is zoomed to.
  function filter() {
    var want = words.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    var from = Number(view && view.dataset.from || -8.64e15), to = Number(view && view.dataset.to || 8.64e15);
    var part = Boolean(view && view.dataset.from), n = 0;
    rows.forEach(function (r, i) {
      var d = r.dataset;
      var ok = (!source.value || d.source === source.value) && (!kind.value || d.kind === kind.value) && (!chosen.checked || "shown" in d);
      if (ok && part) ok = "ms" in d && Number(d.ms) >= from && Number(d.ms) <= to;
      if (ok && want.length) {
        if (texts[i] === null) texts[i] = (r.textContent + " " + d.source).toLowerCase();
        ok = want.every(function (w) { return texts[i].indexOf(w) >= 0; });
      }
      r.hidden = !ok;
      if (ok) n++;
    });
    bodies.forEach(function (b) { b.hidden = !b.querySelector("tr[data-kind]:not([hidden])"); });
    el("count").textContent = n + " of " + rows.length + " rows" + (part ? ", " + view.dataset.name : "");
    var first = at && !at.hidden ? at : rows.filter(function (r) { return !r.hidden; })[0];
    rows.forEach(function (r) { r.tabIndex = r === first ? 0 : -1; });
    tell(at && !at.hidden ? at : null);
  }

  // A picture carries the scale of its axis.
  function scale(svg) {
    var d = svg.dataset;
    return { from: Number(d.from), to: Number(d.to), left: Number(d.left), right: Number(d.right), top: Number(d.top), foot: Number(d.foot) };
  }
  function stroke(svg, name, ms) {
    all("." + name, svg).forEach(function (e) { e.remove(); });
    var s = scale(svg);
    if (ms === null || !(s.to > s.from) || ms < s.from || ms > s.to) return;
    var x = s.left + (ms - s.from) / (s.to - s.from) * (s.right - s.left);
    var line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", "M" + x.toFixed(1) + " " + s.top + "V" + s.foot);
    line.setAttribute("class", name);
    svg.appendChild(line);
  }
  function strokes(name, ms) { all(".picture", view).forEach(function (svg) { stroke(svg, name, ms); }); }

  // What is told of a row: its time, what happened, and where it stands.
  function tell(r) {
    detail.hidden = !r;
    strokes("cursor", r && "ms" in r.dataset ? Number(r.dataset.ms) : null);
    if (!r) return;
    var p = detail.children, t = r.querySelector("time");
    p[0].textContent = (t ? t.textContent + " UTC" : "without a time") + " · " + r.dataset.kind + (r.dataset.source ? " · " + r.dataset.source : "");
    var mark = r.querySelector(".milestone");
    p[1].textContent = (mark ? mark.textContent + ": " : "") + r.querySelector(".text").textContent;
    p[2].textContent = all(".where code", r).map(function (c) { return c.textContent; }).join("   ");
  }
  function go(r, quietly) {
    if (!r) return;
    if (at) at.classList.remove("here");
    at = r;
    rows.forEach(function (x) { x.tabIndex = -1; });
    r.tabIndex = 0;
    r.classList.add("here");
    if (!quietly) r.focus({ preventScroll: true });
    r.scrollIntoView({ block: "nearest" });
    tell(r);
  }
  function leave() {
    if (at) at.classList.remove("here");
    at = null;
    tell(null);
  }
  function step(by) {
    var list = rows.filter(function (r) { return !r.hidden; });
    var i = list.indexOf(at);
    go(list[i < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(i + by, 0), list.length - 1)]);
  }
  function rowOf(target) {
    var g = target.closest && target.closest("[data-row]"), ids = g ? g.dataset.row.split(" ") : [];
    for (var i = 0; i < ids.length; i++) if ("$" + ids[i] in byID) return rows[byID["$" + ids[i]]];
    return null;
  }

  function zoom() {
    var found = views.filter(function (v) { return "#" + v.id === location.hash; })[0];
    if (!found && location.hash && document.querySelector(".rows tr:target")) {
      words.value = ""; source.value = ""; kind.value = ""; chosen.checked = false;
      view = views[0]; mark(); filter(); go(document.querySelector(".rows tr:target"));
      return;
    }
    view = found || views[0];
    mark(); filter();
  }
  function mark() {
    all(".zoom a").forEach(function (a) {
      if (view && a.dataset.view === view.id) a.setAttribute("aria-current", "true"); else a.removeAttribute("aria-current");
    });
  }
  function show(id) { if (el(id)) location.hash = id; }

  views.forEach(function (v) {
    v.addEventListener("mousemove", function (e) {
      var svg = e.target.closest && e.target.closest("svg");
      if (!svg) return;
      var box = svg.getBoundingClientRect(), s = scale(svg), x = (e.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
      var inside = s.to > s.from && x >= s.left && x <= s.right, ms = s.from + (x - s.left) / (s.right - s.left) * (s.to - s.from);
      strokes("rule", inside ? ms : null);
      pointer.textContent = inside ? new Date(ms).toISOString().replace("T", " ").slice(0, 19) + " UTC" : "";
      var r = rowOf(e.target);
      if (r && !r.hidden) tell(r); else if (!r) tell(at && !at.hidden ? at : null);
    });
    v.addEventListener("mouseleave", function () { strokes("rule", null); pointer.textContent = ""; tell(at && !at.hidden ? at : null); });
    v.addEventListener("click", function (e) {
      var r = rowOf(e.target), phase = e.target.closest && e.target.closest("[data-phase-name]");
      if (r && !r.hidden) { go(r); return; }
      if (!phase) return;
      views.forEach(function (x) { if (x.dataset.phase && x.dataset.phase === phase.dataset.phaseName) show(view === x ? "v0" : x.id); });
    });
  });
  rows.forEach(function (r) {
    r.addEventListener("mouseenter", function () { tell(r); });
    r.addEventListener("mouseleave", function () { tell(at && !at.hidden ? at : null); });
    r.addEventListener("focus", function () { if (at !== r) go(r, true); });
    r.addEventListener("click", function (e) { if (!e.target.closest("summary, a")) go(r); });
  });
  form.addEventListener("submit", function (e) { e.preventDefault(); });
  form.addEventListener("reset", function () { var single = keys.checked; setTimeout(function () { keys.checked = single; if (view !== views[0]) show("v0"); filter(); }, 0); });
  [words, source, kind, chosen].forEach(function (c) { c.addEventListener("input", filter); });
  window.addEventListener("hashchange", zoom);
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName) && e.target.type !== "checkbox", inRows = e.target.closest && e.target.closest(".rows");
    if (e.key === "Escape") { form.reset(); leave(); return; }
    if (inRows && (e.key === "ArrowDown" || e.key === "ArrowUp")) { e.preventDefault(); step(e.key === "ArrowDown" ? 1 : -1); return; }
    if (typing || !keys.checked) return;
    switch (e.key) {
      case "n": case "j": step(1); break;
      case "p": case "k": step(-1); break;
      case "/": e.preventDefault(); words.focus(); break;
      default: if (/^[0-9]$/.test(e.key)) show("v" + e.key);
    }
  });

  form.hidden = false;
  zoom();
})();
