package logs

import (
	"strings"
	"testing"
)

// TestTimesInOddPlaces reads lines whose time does not stand at their start.
func TestTimesInOddPlaces(t *testing.T) {
	for name, c := range map[string]struct{ input, want string }{
		"behind a bar": {"2|2024-07-30T06:45:02.9340810-05:00|ERROR|3|Core|no luck\n3|2024-07-30T06:45:03.9340810-05:00|DEBUG|3|Core|a\n",
			"2024-07-30T11:45:02.934081Z error: \"3|Core|no luck\""},
		"second bracket":                 {"[8040:0001][2024-07-30T11:45:02]i001: WARN slow\n[8040:0001][2024-07-30T11:45:03]i001: x\n", "2024-07-30T11:45:02Z warning: "},
		"eighth bracket":                 {"[7] [05212] [    ] [root  ] [seat0  ] [login screen ] [0.0.0.0  ] [2024-07-30T11:45:02,294728+00:00]\n", "2024-07-30T11:45:02.294728Z"},
		"column":                         {"root     pts/0        192.168.100.254  Tue Jul 30 11:45:02 2024   still\nrunlevel (to lvl 5)   6.1.78           Tue Jul 30 11:45:03 2024   still\n", "2024-07-30T11:45:02Z"},
		"braces":                         {"{2024-07-30 11:45:02}[agent.c:1173] config failed\n", "2024-07-30T11:45:02Z error: "},
		"level in front":                 {"ERROR Jul-30 11:45:02 === gone ===\nDEBUG Jul-30 11:45:03 next\n", "2024-07-30T11:45:02Z error: \"=== gone ===\""},
		"file name in front":             {"nova.log.1.2024-07-30_13:53:08 2024-07-30 11:45:02.008 25746 INFO nova.x started\n", "2024-07-30T11:45:02.008Z info: "},
		"clock alone":                    {"11:45:02,243 INF program: Running\n11:45:02,248 ERR program: gone\n", "2024-07-30T11:45:02.243Z info: \"program: Running\""},
		"two dates in a line":            {"11:45:02 start 2019-01-01 00:00:00\n11:45:03 a\n11:45:04 b\n11:45:05 c\n11:45:06 d\n11:45:07 e\n", "2019-01-01T11:45:02Z"},
		"a date that a message talks of": {"11:45:02 certificate ends 2031-01-01 00:00:00\n11:45:03 a\n11:45:04 b\n11:45:05 c\n11:45:06 d\n11:45:07 e\n", "2024-07-30T11:45:02Z"},
		"epoch in front":                 {"- 1722339902 2024.07.30 R02 2024-07-30-11.45.02.675872 R02 RAS KERNEL INFO x\n", "2024-07-30T11:45:02Z unknown: \"2024.07.30 R02"},
		"session":                        {"Log started: 2024-07-30  11:45:02\nSelecting vim.\nUnpacking vim.\nSetting up vim.\nSelecting less.\nUnpacking.\nSetting up.\n", "2024-07-30T11:45:02Z"},
		"redis":                          {"17:M 30 Jul 2024 11:45:02.123 # Server is out of memory\n17:M 30 Jul 2024 11:45:02.124 * Ready\n", "2024-07-30T11:45:02.123Z warning: \"# Server"},
		"tab between":                    {"Jul 30 11:45:02\thost\tERROR\tx\n", "2024-07-30T11:45:02Z error: \"x\""},
	} {
		f, _ := Find("text")
		got := readLines(f, []byte(c.input))
		if first, _, _ := strings.Cut(got, "\n"); !strings.HasPrefix(first, " 1 "+c.want) {
			t.Errorf("%s: got\n%swant %s", name, got, c.want)
		}
		if format, _ := Detect("x", []byte(c.input)); format == "" {
			t.Errorf("%s is not recognised", name)
		}
	}
}

// TestNoLogs holds what has times in it and is no log.
func TestNoLogs(t *testing.T) {
	for name, input := range map[string]string{
		"listing":  strings.Repeat("   15446 -r-sr-xr--  1 root  operator  11176 May 12 01:27:25 2022 /sbin/mksnap_ffs\n", 60) + "setuid diffs: 2022-05-12 01:27:25 x\n",
		"XML":      strings.Repeat("<job id=\"107\" at=\"2024-07-30T11:45:02Z\" class=\"x\"/>\n", 20),
		"JSON":     "{\"a\":{\"at\":\"2024-07-30T11:45:02Z\"},\n\"b\":[{\"at\":\"2024-07-30T11:45:03Z\"}]}\n",
		"packages": strings.Repeat("efi-filesystem-4-8.el9.noarch\nbasesystem-11-13.el9.noarch\n", 20),
		"prose":    "We met at 11:45 on Tuesday.\nAt 12:00 it was over. Nobody knew why it had begun at 2024-07-30 11:45:02, or ended.\nThe rest is known.\nSo it goes.\nAnd on.\nAnd on.\n",
	} {
		if format, sure := Detect("x.txt", []byte(input)); format != "" {
			t.Errorf("%s is taken for %s, %d %% sure", name, format, sure)
		}
	}
}
