package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"pir/internal/when"
	"pir/source"
	"pir/timeline"
)

// settings are the shared flags, checked. A flag is above its variable of the
// environment (--tz above PIR_TZ).
type settings struct {
	config     string         // a pir.yaml; empty is none
	now        time.Time      // zero is not said
	zone       *time.Location // nil is not said
	year       int            // 0 is not said
	columns    map[string]string
	people     string // names, roles
	strict     bool
	color      string // auto, always, never
	quiet      bool
	noProgress bool
}

// addSettings declares the shared flags.
func addSettings(flags *pflag.FlagSet) {
	flags.String("config", "", "read this `file` as pir.yaml")
	flags.String("now", "", "take this `time` as the present, for due dates (also PIR_NOW)")
	flags.String("tz", "", "`zone` of times that name none, as Europe/Paris or +02:00")
	flags.String("year", "", "`year` of dates without one")
	flags.String("map", "", "columns of CSV and keys of JSON lines, `list` as time=Started,title=What")
	flags.String("people", timeline.PeopleNames, "call people by their `names` or roles: names or roles")
	flags.Bool("strict", false, "exit 3 when a source was not read whole")
	flags.String("color", "auto", "color of the output, `when`: auto, always or never")
	flags.BoolP("quiet", "q", false, "tell errors only")
	flags.Bool("no-progress", false, "do not show how far the reading is")
	flags.SortFlags = false
}

// configure layers flags over the environment and checks what comes out.
func (a *app) configure(flags *pflag.FlagSet) error {
	a.viper.SetEnvPrefix("PIR")
	a.viper.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	a.viper.AutomaticEnv()
	if err := a.viper.BindPFlags(flags); err != nil {
		return err
	}
	c := checker{viper: a.viper, flags: flags}
	s := settings{
		config: a.viper.GetString("config"),
		zone:   c.zone("tz"), year: c.year("year"),
		people:  c.oneOf("people", timeline.PeopleNames, timeline.PeopleRoles),
		columns: c.columns("map"),
		strict:  c.flag("strict"), quiet: c.flag("quiet"), noProgress: c.flag("no-progress"),
		color: c.oneOf("color", "auto", "always", "never"),
	}
	s.now = c.time("now", s.zone)
	a.settings = s
	a.voice.quiet = s.quiet
	a.voice.style = styleFor(s.color, a.errIsTTY, a.env)
	return c.err
}

// settingKeys are the scalars of pir.yaml that the environment may give too.
var settingKeys = []string{"episode_gap", "reopen", "impact_threshold"}

// layer puts the environment above the scalars of settings: in pir.yaml.
func (a *app) layer(file map[string]string) map[string]string {
	v := viper.New()
	v.SetEnvPrefix("PIR")
	v.AutomaticEnv()
	for key, value := range file {
		v.SetDefault(key, value)
	}
	layered := map[string]string{}
	for _, key := range settingKeys {
		if value := v.GetString(key); value != "" {
			layered[key] = value
		}
	}
	return layered
}

// checker reads settings and keeps the first error. An error names the flag or
// the variable that the value came from.
type checker struct {
	viper *viper.Viper
	flags *pflag.FlagSet
	err   error
}

func (c *checker) fail(key string, err error) {
	name := "--" + key
	if f := c.flags.Lookup(key); f != nil && !f.Changed {
		name = "PIR_" + strings.ToUpper(strings.ReplaceAll(key, "-", "_"))
	}
	if c.err == nil {
		c.err = misuse(fmt.Errorf("%s: %w", name, err), "")
	}
}

func (c *checker) zone(key string) *time.Location {
	text := c.viper.GetString(key)
	if text == "" {
		return nil
	}
	loc, err := when.LoadZone(text)
	if err != nil {
		c.fail(key, err)
	}
	return loc
}

func (c *checker) year(key string) int {
	text := c.viper.GetString(key)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1970 || n > 9999 {
		c.fail(key, fmt.Errorf("%q is no year with four digits", text))
		return 0
	}
	return n
}

// columns reads time=Started,title=What.
func (c *checker) columns(key string) map[string]string {
	text := c.viper.GetString(key)
	if text == "" {
		return nil
	}
	columns := map[string]string{}
	for pair := range strings.SplitSeq(text, ",") {
		name, column, found := strings.Cut(pair, "=")
		name, column = strings.TrimSpace(name), strings.TrimSpace(column)
		switch {
		case !found || column == "":
			c.fail(key, fmt.Errorf("%q has no =; write it as time=Started,title=What", pair))
		case !slices.Contains(source.MapKeys(), name):
			c.fail(key, fmt.Errorf("%q is none of %s", name, strings.Join(source.MapKeys(), ", ")))
		}
		columns[name] = column
	}
	return columns
}

func (c *checker) flag(key string) bool {
	text := c.viper.GetString(key)
	if text == "" {
		return false
	}
	yes, err := strconv.ParseBool(text)
	if err != nil {
		c.fail(key, fmt.Errorf("%q is neither true nor false", text))
	}
	return yes
}

func (c *checker) oneOf(key string, words ...string) string {
	text := c.viper.GetString(key)
	if err := oneOf(text, words...); err != nil {
		c.fail(key, err)
	}
	return text
}

func (c *checker) time(key string, zone *time.Location) time.Time {
	t, err := parseTime(c.viper.GetString(key), zone)
	if err != nil {
		c.fail(key, err)
	}
	return t
}

// oneOf is an error when the text is none of the words.
func oneOf(text string, words ...string) error {
	for _, w := range words {
		if text == w {
			return nil
		}
	}
	return fmt.Errorf("%q is none of %s", text, strings.Join(words, ", "))
}

// shortestEpoch is how many digits a count of seconds has at least, to be told
// from a year or a day: it is of 2001 or later.
const shortestEpoch = 10

// isClock reports whether a text is a time of day alone.
func isClock(text string) bool {
	for _, layout := range []string{"15:04", "15:04:05", "3:04pm", "3:04 PM"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// parseTime reads the time of a flag, a date with a clock or a count of seconds
// since 1970; the zero time for an empty text. zone is
// that of a time which names none, nil is UTC.
func parseTime(text string, zone *time.Location) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if zone == nil {
		zone = time.UTC
	}
	stamp, err := when.Parse(text, when.Zone{Location: zone, From: when.ZoneFlag}, 0)
	if err == nil {
		return stamp.Time, nil
	}
	if len(text) >= shortestEpoch && strings.Trim(text, "0123456789.") == "" {
		if epoch, bad := when.Epoch(text); bad == nil {
			return epoch.Time, nil
		}
	}
	if isClock(text) {
		return time.Time{}, fmt.Errorf("%q has no date; write it with one, as in 2026-07-14T%s (--coverage tells what the logs span)", text, text)
	}
	return time.Time{}, err
}
