package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// lnavFormat tells lnav about the JSON lines of the set. Without it old
// versions leave the whole file out.
const lnavFormat = `{
  "$schema": "https://lnav.org/schemas/format-v1.schema.json",
  "bench_json": {
    "title": "JSON lines of the benchmark", "description": "one object a line", "json": true,
    "hide-extra": true, "timestamp-field": "time", "level-field": "level", "body-field": "msg",
    "line-format": [{"field": "time"}, " ", {"field": "level"}, " ", {"field": "msg"}],
    "value": {
      "level": {"kind": "string"}, "msg": {"kind": "string"},
      "logger": {"kind": "string", "hidden": true}, "version": {"kind": "string", "hidden": true},
      "request": {"kind": "json", "hidden": true}, "took_ms": {"kind": "float", "hidden": true},
      "bytes": {"kind": "integer", "hidden": true}, "tags": {"kind": "json", "hidden": true}
    }
  }
}
`

// histogram counts in steps of five minutes by format and level.
const histogram = ";SELECT timeslice(log_time, '5m') AS slice, log_format, log_level, count(*) AS n " +
	"FROM all_logs GROUP BY slice, log_format, log_level"

// alternatives are the five ways in which the set says that something failed.
const alternatives = `" 50[0-9] |"level":"error"| level=error |ERROR: |FATAL: `

// lnav is the peer: where it is, and where it finds its settings.
type lnav struct {
	path    string
	version string
	home    string
	missing string // why it cannot be run
}

// findLnav looks for lnav: the one that LNAV names, else that of the system.
// It gets a home of its own, made anew, since versions do not share one.
func findLnav(home string) *lnav {
	l := &lnav{path: os.Getenv("LNAV"), home: home}
	if l.path == "" {
		l.path = find("lnav")
	}
	if l.path == "" {
		l.missing = "lnav is not here: apt-get install lnav, or LNAV=PATH"
		return l
	}
	formats := filepath.Join(home, ".config", "lnav", "formats", "installed")
	err := os.MkdirAll(formats, 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(formats, "bench_json.json"), []byte(lnavFormat), 0o644)
	}
	if err != nil {
		l.missing = err.Error()
		return l
	}
	cmd := exec.Command(l.path, "-V")
	cmd.Env = append(os.Environ(), l.env()...)
	out, err := cmd.Output()
	if err != nil {
		l.missing = fmt.Sprintf("%s -V: %v", l.path, err)
	}
	l.version = strings.TrimSpace(string(out))
	return l
}

func (l *lnav) env() []string {
	return []string{"HOME=" + l.home, "XDG_CONFIG_HOME=" + filepath.Join(l.home, ".config"), "TERM=xterm-256color", "TZ=UTC"}
}

// find gives the path of a program, or nothing.
func find(name string) string {
	path, err := exec.LookPath(name)
	if err != nil {
		return ""
	}
	return path
}

// install fetches the peers that are not here, where that is possible: as
// root on a system with apt.
func install(say func(format string, args ...any)) {
	var absent []string
	for _, row := range []struct{ program, pkg string }{{"lnav", "lnav"}, {"rg", "ripgrep"}} {
		if find(row.program) == "" && (row.program != "lnav" || os.Getenv("LNAV") == "") {
			absent = append(absent, row.pkg)
		}
	}
	if len(absent) == 0 || find("apt-get") == "" || os.Geteuid() != 0 {
		return
	}
	say("install %s\n", strings.Join(absent, " "))
	cmd := exec.Command("apt-get", append([]string{"install", "-y"}, absent...)...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	if out, err := cmd.CombinedOutput(); err != nil {
		text := strings.TrimSpace(string(out))
		say("apt-get install: %v: %s\n", err, text[max(0, len(text)-200):])
	}
}
