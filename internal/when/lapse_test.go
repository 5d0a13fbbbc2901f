package when

import (
	"fmt"
	"strings"
	"testing"
)

var lapseTable = []struct {
	text string
	want string // the lengths with what follows, "<" in front for at most
}{
	{"It was detected two minutes after it began.", "2m0s after it began"},
	{"Acknowledged within 5 minutes of detection.", "<5m0s of detection"},
	{"10 minutes later we rolled back.", "10m0s later we rolled back"},
	{"The outage lasted 2 hours.", "2h0m0s"},
	{"In all 7 h 58 min, of which 2 h 13 min were the worst.", "7h58m0s | 2h13m0s"},
	{"an hour later it was over", "1h0m0s later it was over"},
	{"half an hour after the deploy", "30m0s after the deploy"},
	{"two and a half hours after the deploy", "2h30m0s after the deploy"},
	{"an hour and a half later", "1h30m0s later"},
	{"a quarter of an hour later", "15m0s later"},
	{"1.5 hours before the alert fired and the page went out", "1h30m0s before the alert fired"},
	{"1 hour and 5 minutes into the incident", "1h5m0s into the incident"},
	{"1 hour, 5 minutes, and 3 seconds", "1h5m3s"},
	{"2h13m in total", "2h13m0s"},
	{"in less than forty-five seconds", "<45s"},
	{"within about 10 minutes of the first alert, we paged", "<10m0s of the first alert"},
	{"5-10 minutes later", "<10m0s later"},
	{"five to ten minutes after that", "<10m0s after that"},
	{"a 10-minute outage", "10m0s"},
	{"for 41 s requests failed", "41s"},
	{"**12 minutes** after the page", "12m0s after the page"},
	{"at least 3 days ago", "72h0m0s ago"},
	{"120ms later", "120ms later"},
	{"within 5m of it", "<5m0s of it"},
	{"nearly nine hours", "9h0m0s"},

	{"at 11:45 and 13:58 UTC", ""},
	{"a second effort, the second hour", ""},
	{"every 5 minutes, 3 times a day, 40 requests per minute, once an hour", ""},
	{"5m users and 3 M rows", ""},
	{"a 5-minute average", ""},
	{"`sleep 5 min` and https://example.com/5 min", ""},
	{"v1.5 hours, #5 minutes, x5 minutes", ""},
	{"99999999999999999999 hours later", ""},
	{"", ""},
}

func TestLapses(t *testing.T) {
	for _, row := range lapseTable {
		var got []string
		for _, l := range Lapses(row.text) {
			s := fmt.Sprint(l.D)
			if l.AtMost {
				s = "<" + s
			}
			if l.After != "" {
				s += " " + l.After
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " | "); s != row.want {
			t.Errorf("Lapses(%q)\ngot  %s\nwant %s", row.text, s, row.want)
		}
	}
}
