(function () {
  "use strict";
  var changes = Array.prototype.slice.call(document.querySelectorAll(".strip.change"));
  var at = -1;
  var place = document.getElementById("place");
  function show() {
    place.textContent = changes.length ? (at < 0 ? "" : (at + 1) + " of ") + changes.length : "no changes";
  }
  function go(step) {
    if (!changes.length) return;
    if (at >= 0) changes[at].classList.remove("here");
    at = at < 0 ? (step > 0 ? 0 : changes.length - 1) : (at + step + changes.length) % changes.length;
    changes[at].classList.add("here");
    changes[at].scrollIntoView({ block: "center" });
    show();
  }
  function view(id) { document.getElementById(id).checked = true; }
  document.getElementById("next").addEventListener("click", function () { go(1); });
  document.getElementById("back").addEventListener("click", function () { go(-1); });
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey) return;
    switch (e.key) {
      case "n": case "j": go(1); break;
      case "p": case "k": go(-1); break;
      case "s": view("side"); break;
      case "i": view("inline"); break;
    }
  });
  show();
})();
