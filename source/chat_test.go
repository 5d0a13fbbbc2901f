package source

import (
	"strings"
	"testing"
	"time"

	"pir/internal/when"
	"pir/timeline"
)

func TestWithoutSecrets(t *testing.T) {
	for in, want := range map[string]string{
		"ask bob.roe+x@mail.x.example now":                                          "ask [email] now",
		"https://h.example/a?b=1&sig=abc%3D&c=2":                                    "https://h.example/a?b=1&sig=[token]&c=2",
		"https://f.example/x.png?t=xoxe-1-22":                                       "https://f.example/x.png?t=[token]",
		"use xoxb-12-34-abc":                                                        "use [token]",
		"postgres://app:s3cret@db:5432/x":                                           "postgres://[password]@db:5432/x",
		"-H 'Authorization: Bearer abcdefghijklmnopqrst'":                           "-H 'Authorization: Bearer [token]'",
		"Authorization: GenieKey 0123456789abcdef01":                                "Authorization: GenieKey [token]",
		"https://hooks.slack.com/services/T0/B0/x":                                  "[webhook]",
		"dial +1-415-555-1212,,,,1234# or +49 30 1234567":                           "dial [phone] or [phone]",
		"the PIN is 4711 and the passcode: 12 34 56":                                "the PIN is [number] and the passcode: [number]",
		"2024-07-30T11:45:00+02:00 at 10.1.2.3:443, 41 %":                           "2024-07-30T11:45:00+02:00 at 10.1.2.3:443, 41 %",
		"from 11:45 to 12:58, request 1722340141.120039":                            "from 11:45 to 12:58, request 1722340141.120039",
		"pinned at 12:00, spin 4711, codes 500 and 502":                             "pinned at 12:00, spin 4711, codes 500 and 502",
		"rotate with DD_API_KEY=0123456789ab and go":                                "rotate with DD_API_KEY=[token] and go",
		`{"routing_key": "R0123456789abcdef", "n": 1}`:                              `{"routing_key": "[token]", "n": 1}`,
		"password: please reset yours, token=x":                                     "password: please reset yours, token=x",
		"key AKIAIOSFODNN7EXAMPLE and ghp_0123456789abcdefghij":                     "key [token] and [token]",
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl here":                "[token] here",
		"-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- rest": "[private key] rest",
		"basic checks of everything are done; bearer is up":                         "basic checks of everything are done; bearer is up",
	} {
		if got := withoutSecrets(in); got != want {
			t.Errorf("withoutSecrets(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestKept(t *testing.T) {
	v := topValues("x", []byte(`{"a": 1, "b": {"c": "x@y.example", "d": "no", "e": null}, "l": [{"c": "1", "d": 2}, {"d": 3}], "s": "", "z": [1, 2]}`))[0]
	for _, test := range []struct {
		fields string
		want   string
	}{
		{"a b.c", `{"a":1,"b":{"c":"[email]"}}`},
		{"l.c s z", `{"l":[{"c":"1"},{}],"z":[1, 2]}`},
		{"b", `{"b":{"c": "[email]", "d": "no", "e": null}}`},
		{"none", `{}`},
	} {
		if got := v.kept(strings.Fields(test.fields)...); got != test.want {
			t.Errorf("kept(%s) = %s, want %s", test.fields, got, test.want)
		}
	}
}

// TestSay: a text is cut where it is too long, never within a rune, and says so.
func TestSay(t *testing.T) {
	var e timeline.Event
	say(&e, strings.Repeat("ä ", 40000))
	if len(e.Title) > maxFirst || len(e.Title)+len(e.Body) > maxText+200 || !strings.HasSuffix(e.Body, "longer than 64 KiB]") ||
		strings.ContainsRune(e.Title+e.Body, '\ufffd') {
		t.Errorf("title of %d, body of %d bytes: …%s", len(e.Title), len(e.Body), e.Body[max(0, len(e.Body)-60):])
	}
}

func TestSlackText(t *testing.T) {
	people := &slackPeople{learned: map[string]string{"U1": "Dana Kim"}}
	for in, want := range map[string]string{
		"<@U1> and <@U2> and <@U3|sam>":                       "@Dana Kim and @U2 and @sam",
		"<!here> <!subteam^S1|@oncall> <!subteam^S2> <#C1|x>": "@here @oncall @subteam #x",
		"<https://x.example/a|the *board*>":                   "the board",
		"<https://x.example/a_b_c>":                           "https://x.example/a_b_c",
		"<tel:+491|+491>":                                     "[phone]",
		"a &lt;b&gt; &amp;amp; 5 &gt; 3":                      "a <b> &amp; 5 > 3",
		"*a* *b* _c_ ~d~ e*f*g 2 * 3 * 4":                     "a b c d e*f*g 2 * 3 * 4",
		"`*x*` *y* ```_z_```":                                 "`*x*` y ```_z_```",
		"*two\nlines*":                                        "*two\nlines*",
		"<!date^1722341400^{date} at {time}|x>":               "2024-07-30T12:10:00Z",
		"<!date^never^{date}|last week>":                      "last week",
	} {
		if got := people.text(in); got != want {
			t.Errorf("text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWikiText(t *testing.T) {
	for in, want := range map[string]string{
		"h1. Title\r\n# one\r\n# *two*":                          "Title\n- one\n- two",
		"[text|https://x.example] [~dana] [https://y.example/z]": "text @dana https://y.example/z",
		"{code:java}x{code} {{y}} {color:red}z{color}":           "```x``` `y` z",
		"||a||b||\n|1|2|":                "a b\n1 2",
		"[14:02] is no link, nor is [x]": "[14:02] is no link, nor is [x]",
	} {
		if got := wikiText(in); got != want {
			t.Errorf("wikiText(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestPastedLine: what a line of a chat is by itself.
func TestPastedLine(t *testing.T) {
	for _, test := range []struct {
		line             string
		class            pastedClass
		name, time, text string
	}{
		{"Dana Kim  9:41 AM", pastedHead, "Dana Kim", "9:41 AM", ""},
		{"Dana Kim 9:41 AM", pastedHead, "Dana Kim", "9:41 AM", ""},
		{"dana.kim [14:02]", pastedHead, "dana.kim", "14:02", ""},
		{"Dana Kim:palm_tree:  Yesterday at 9:41 AM", pastedHead, "Dana Kim", "Yesterday at 9:41 AM", ""},
		{"PagerDuty APP  9:41\u202fAM", pastedHead, "PagerDuty", "9:41\u202fAM", ""},
		{"[7/30/2024 9:41 AM] Kim, Dana (Guest)", pastedHead, "Kim, Dana (Guest)", "7/30/2024 9:41 AM", ""},
		{"[30/07/2024, 14:02:11] Dana: on it: now", pastedHead, "Dana", "30/07/2024, 14:02:11", "on it: now"},
		{"[9:41 AM] rolled it back", pastedHead, "", "9:41 AM", "rolled it back"},
		{"  9:41 AM", pastedHead, "", "9:41 AM", ""},
		{"APP  9:41 AM", pastedHead, "", "9:41 AM", ""},
		{"7/30 9:41 AM", pastedHead, "", "7/30 9:41 AM", ""},
		{"dana — Today at 09:00", pastedHead, "dana", "Today at 09:00", ""},
		{"Jul 30th, 2024 at 9:41:05 AM", pastedHead, "", "Jul 30th, 2024 at 9:41:05 AM", ""},
		{"it began at 9:41 AM", pastedText, "", "", "it began at 9:41 AM"},
		{"Meeting 9:41", pastedText, "", "", "Meeting 9:41"},
		{"see host:8080", pastedText, "", "", "see host:8080"},
		{"500", pastedText, "", "", "500"},
		{"Wednesday, March 4th", pastedDay, "", "", "Wednesday, March 4th"},
		{"----- July 30, 2024 -----", pastedDay, "", "", "----- July 30, 2024 -----"},
		{"Yesterday", pastedDay, "", "", "Yesterday"},
		{"3 replies", pastedNoise, "", "", "3 replies"},
		{":eyes: 2", pastedNoise, "", "", ":eyes: 2"},
		{"👍", pastedNoise, "", "", "👍"},
		{"View thread", pastedNoise, "", "", "View thread"},
	} {
		l := classify(test.line)
		if l.class != test.class || l.name != test.name || l.time != test.time || l.text != test.text {
			t.Errorf("classify(%q) = class %d, name %q, time %q, text %q", test.line, l.class, l.name, l.time, l.text)
		}
	}
}

func TestNameLike(t *testing.T) {
	for name, want := range map[string]bool{
		"Dana Kim": true, "dana.kim": true, "Kim, Dana (Guest)": true, "Ludwig van Beethoven": true, "Jean-Luc O'Neil": true, "李 明": true,
		"Rolled back": false, "rolling back": false, "Done.": false, "Is it down?": false, "a=b": false, "": false,
		"The Very Long Name Of Somebody": false, "10.1.2.3": false,
	} {
		if got := nameLike(name); got != want {
			t.Errorf("nameLike(%q) = %v", name, got)
		}
	}
}

// TestPastedClock: clocks of twelve hours that go on without AM and PM, and
// midnight.
func TestPastedClock(t *testing.T) {
	c := pastedClock{s: &sink{}, half: true, zone: when.Zone{Location: time.UTC, From: when.ZoneFlag}, day: time.Date(2024, 7, 30, 0, 0, 0, 0, time.UTC)}
	for _, test := range []struct{ in, want string }{
		{"11:58 AM", "2024-07-30T11:58:00Z"},
		{"12:03", "2024-07-30T12:03:00Z"},
		{"1:05", "2024-07-30T13:05:00Z"},
		{"1:05", "2024-07-30T13:05:00Z"},
		{"11:59 PM", "2024-07-30T23:59:00Z"},
		{"12:01", "2024-07-31T00:01:00Z"},
		{"12:05 AM", "2024-07-31T00:05:00Z"},
		{"12:04 AM", "2024-07-31T00:04:00Z"},
		{"8/1 9:00 AM", "2024-08-01T09:00:00Z"},
		{"Saturday 10:00 AM", "2024-08-03T10:00:00Z"},
		{"25:71", ""},
	} {
		got, err := c.read(test.in)
		if (err != nil) != (test.want == "") || err == nil && when.Format(got.Time, when.Second) != test.want {
			t.Errorf("read(%q) = %s, %v; want %s", test.in, got.Time, err, test.want)
		}
	}
}

// TestChatEnds: whatever a chat ends in, it is one; a beginning that was cut in
// the middle of a character is one too.
func TestChatEnds(t *testing.T) {
	for _, end := range []string{"ok", "🟢", "🟢\n", "🟢\n\n", "àç\n", "تم\n", "完\n", "\xf0", "\xf0\x9f", "\xf0\x9f\x9f"} {
		head := "[2026-03-03 10:12] Chidi: all nodes on v87\nand Dora confirmed\n[2026-03-03 10:20] Emeka: all " + end
		f, sure := Detect("chat.txt", []byte(head))
		if f == nil || f.Name != "pasted-chat" {
			t.Errorf("a chat that ends in %q is %v (%d)", end, f, sure)
		}
	}
	for _, head := range []string{"a\xff", "a\x80\x80\x80\x80", "\xffabc", "\xf0\x9fabc"} {
		if validHead([]byte(head)) {
			t.Errorf("%q is taken for text", head)
		}
	}
}

// TestNoChat: what stands beside chat, or looks a little like it, is none.
func TestNoChat(t *testing.T) {
	for _, test := range []struct{ name, head string }{
		{"users.json", `[{"id": "U1", "name": "dana", "profile": {"real_name": "Dana Kim"}, "updated": 1722340141}]`},
		{"channels.json", `[{"id": "C1", "name": "inc-42", "created": 1555493778, "topic": {"value": "x", "last_set": 1555493778}}]`},
		{"integration_logs.json", `[{"service_id": "1", "date": "1722340141", "change_type": "added"}]`},
		{"statuses.json", `[{"category": "live", "created_at": "2023-10-24T09:27:22.727Z", "id": "1", "name": "Fixing", "rank": 2}]`},
		{"app.log", "Dana Kim  9:41 AM\nx\nLee Turner  9:42 AM\ny\n"},
		{"x.txt", "The meeting begins\nat the usual place\nand goes on.\n"},
		{"page.html", "<p>Dana Kim  9:41 AM\nx\nLee Turner  9:42 AM\n"},
	} {
		if f, sure := Detect(test.name, []byte(test.head)); f != nil {
			t.Errorf("Detect(%q, %.40q) = %s (%d)", test.name, test.head, f.Name, sure)
		}
	}
}

// FuzzWithoutSecrets holds that no secret is passed over because its text has
// no sign of one.
func FuzzWithoutSecrets(f *testing.F) {
	for _, text := range []string{
		"mail Dana@Example.org", "see https://HOOKS.slack.com/x https://hooks.slack.com/services/T/B/x", "xoxb-12-ab", "postgres://u:p@db/x",
		"https://h/f?t=abc&Sig=x", "Authorization: BEARER abcdefghijklmnop1234", "PIN: 1234 567#", "conference code is 12 34 5", "call +49 30 1234567,,12#", "nothing here",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := text
		for _, s := range secrets {
			want = s.shape.ReplaceAllString(want, s.place)
		}
		if got := withoutSecrets(text); got != want {
			t.Fatalf("%q became %q, want %q", text, got, want)
		}
	})
}

func TestIsProgram(t *testing.T) {
	for name, want := range map[string]bool{
		"FlagBot": true, "Alertmanager": true, "PagerDuty": true, "deploy-bot": true, "Deploy Bot": true, "prod-alerts": true, "Jira Cloud": true,
		"incident.io": true, "GitHub": true, "release webhook": true,
		"Dana Kim": false, "Ann Talbot": false, "Talbot": false, "abbot": false, "Bob": false, "": false, "Robot Ray": false,
	} {
		if got := isProgram(name); got != want {
			t.Errorf("isProgram(%q) = %v", name, got)
		}
	}
}
