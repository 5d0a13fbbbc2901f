package main

import (
	"fmt"
	"strings"
	"time"

	"pir/incident"
	"pir/review/window"
)

// defaultWindow is the review window where nobody names one.
const defaultWindow = "azure"

// reviewWindow gives the window that a pir.yaml names or describes, and what it
// knows for it.
func reviewWindow(c incident.Config) (window.Window, window.Input, error) {
	in := window.Input{Given: map[string]time.Time{}, Holidays: c.Holidays}
	for _, g := range c.Given {
		in.Given[g.Name] = g.Time
	}
	if c.Own != nil {
		if _, taken := window.Find(c.Own.Name); taken {
			return window.Window{}, in, misuse(fmt.Errorf("%s: %q is the name of a window that comes with pir; choose another", c.WindowAt, c.Own.Name), "")
		}
		return ownWindow(c.Own), in, nil
	}
	name := c.Window
	if name == "" {
		name = defaultWindow
	}
	w, known := window.Find(name)
	if !known {
		err := fmt.Errorf("%s: unknown review window %q; there are: %s", c.WindowAt, name, strings.Join(windowNames(), ", "))
		return w, in, misuse(err, "")
	}
	return w, in, nil
}

// ownWindow is a window that pir.yaml describes.
func ownWindow(own *incident.Window) window.Window {
	w := window.Window{Name: own.Name, Doc: "described in " + incident.ConfigName}
	for _, s := range own.Stages {
		rule := window.Rule{
			Name: s.Name, Form: window.Form(s.Form), Anchors: s.Anchors,
			Offset: window.Offset{Count: s.Offset.Count, Unit: window.Unit(s.Offset.Unit)}, Timezone: s.Timezone,
			Severities: s.Severities, Requires: s.Requires, Unknowns: s.Unknowns,
		}
		if s.Backstop != "" {
			offset := window.Offset{Count: s.StopOffset.Count, Unit: window.Unit(s.StopOffset.Unit)}
			rule.Backstop = &window.Backstop{Anchor: s.Backstop, Offset: offset}
		}
		if len(rule.Requires) == 0 {
			rule.Requires = window.Requires(rule.Form)
		}
		w.Stages = append(w.Stages, rule)
	}
	return w
}
