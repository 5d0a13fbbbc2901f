package logs

import (
	"bytes"
	"strings"
	"testing"
)

func TestUserFormats(t *testing.T) {
	for _, c := range []struct {
		name  string
		user  UserFormat
		input string
		want  string
	}{
		{"a template", UserFormat{Name: "own", Line: "{time} [{level}] {component}: {message}", Time: "%d|%m|%Y %H.%M.%S"},
			"30|07|2024 11.45.02 [ERROR]   orders: no connection: refused\n  more\nnonsense\n30|07|2024 11.45.03 [INFO] cart: \n30|13|2024 11.45.03 [INFO] cart: x\n",
			` 1 2024-07-30T11:45:02Z error in orders: "no connection: refused"
 2 continues
 3 malformed
 4 2024-07-30T11:45:03Z info in cart: ""
 5 malformed
`},
		{"any usual layout", UserFormat{Name: "own", Line: "<{level}>{_}@{time}#{message}"},
			"<warn>x y@2024-07-30T11:45:02+02:00#slow\n",
			" 1 2024-07-30T09:45:02Z warning: \"slow\"\n"},
		{"requests", UserFormat{Name: "own", Line: "{time} {host} {method} {path} {status} {_}", Time: "%s.%f"},
			"1722339902.5 web1 GET /orders?x=1 503 12ms\n",
			" 1 2024-07-30T11:45:02.5Z error request 503: \"GET /orders\"\n"},
		{"a clock without a date", UserFormat{Name: "own", Line: "{time}|{level}|{message}", Time: "%H:%M:%S"},
			"11:45:02|E|gone\n",
			" 1 2024-07-30T11:45:02Z error: \"gone\"\n"},
		{"keys of JSON", UserFormat{Name: "own", Keys: map[string]string{"time": "meta.at", "message": "what", "level": "meta.how"}, Time: "%d.%m.%Y %T"},
			`{"time":"2020-01-01T00:00:00Z","meta":{"at":"30.07.2024 11:45:02","how":"error"},"what":"gone","msg":"not this"}` + "\n",
			" 1 2024-07-30T11:45:02Z error: \"gone\"\n"},
	} {
		f, err := c.user.Format()
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := readLines(f, []byte(c.input)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
		file := &File{Own: []Format{f}}
		if name, _ := detect(file.formats(), "x.log", []byte(c.input)); name != "own" {
			t.Errorf("%s: taken for %q", c.name, name)
		}
		if name, _ := detect(file.formats(), "x.log", []byte("2024-07-30T11:45:02Z ERROR other\n")); name != "text" {
			t.Errorf("%s: another log is taken for %q", c.name, name)
		}
	}
}

func TestUserFormatsRefused(t *testing.T) {
	for want, u := range map[string]UserFormat{
		"give it a name":         {Line: "{time} {message}"},
		"of that name already":   {Name: "syslog", Line: "{time} {message}"},
		"has no {time}":          {Name: "own", Line: "{level} {message}"},
		"has {severity}":         {Name: "own", Line: "{time} {severity}"},
		"nothing stands between": {Name: "own", Line: "{time} {level}{message}"},
		"a { without }":          {Name: "own", Line: "{time} {message"},
		"no clock":               {Name: "own", Line: "{time} {message}", Time: "%Y-%m-%d"},
		"not both":               {Name: "own", Line: "{time}", Keys: map[string]string{"time": "t"}},
		"no field \"when\"":      {Name: "own", Keys: map[string]string{"when": "t"}},
		"or keys":                {Name: "own"},
	} {
		if _, err := u.Format(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: error %v, want %q", u, err, want)
		}
	}
}

// FuzzUserFormat reads any line by any template: it never panics, and what it
// finds stands in the line.
func FuzzUserFormat(f *testing.F) {
	f.Add("{time} [{level}] {component}: {message}", "%F %T", "2024-07-30 11:45:02 [ERROR] orders: gone")
	f.Add("<{level}>{_}@{time}#{message}", "", "<warn>x@2024-07-30T11:45:02Z#slow")
	f.Fuzz(func(t *testing.T, template, layout, line string) {
		format, err := UserFormat{Name: "own", Line: template, Time: layout}.Format()
		if err != nil {
			return
		}
		b := []byte(line)
		var rec Record
		if format.New(b).Parse(b, false, &rec) == KindRecord && !bytes.Contains(b, rec.Component) {
			t.Fatalf("%q of %q: component %q", template, line, rec.Component)
		}
		format.Sniff(b)
	})
}
