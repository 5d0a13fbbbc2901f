package when

import (
	"math"
	"testing"
	"time"
)

func TestWords(t *testing.T) {
	for _, row := range []struct {
		d    time.Duration
		want string
	}{
		{0, "0 s"}, {41 * time.Second, "41 s"}, {2 * time.Minute, "2 min"}, {-4 * time.Minute, "-4 min"},
		{7*time.Hour + 58*time.Minute, "7 h 58 min"}, {27 * time.Hour, "1 d 3 h"}, {24 * time.Hour, "1 d"},
		{90 * time.Second, "1 min 30 s"}, {1500 * time.Millisecond, "1.5 s"}, {120 * time.Millisecond, "120 ms"},
		{59*time.Minute + 59*time.Second, "59 min 59 s"}, {59*time.Minute + 59*time.Second + 700*time.Millisecond, "1 h"},
		{59999600 * time.Microsecond, "1 min"}, {23*time.Hour + 59*time.Minute + 40*time.Second, "1 d"},
		{5 * time.Microsecond, "5 µs"}, {7, "7 ns"}, {math.MinInt64, "-106751 d 23 h"}, {math.MaxInt64, "106751 d 23 h"},
		{2*time.Hour + 13*time.Minute, "2 h 13 min"},
	} {
		if got := Words(row.d); got != row.want {
			t.Errorf("Words(%v) = %q, want %q", row.d, got, row.want)
		}
	}
}

func TestParseSpan(t *testing.T) {
	for _, row := range []struct {
		text string
		want time.Duration // -1 for an error
	}{
		{"5m", 5 * time.Minute}, {"24h", 24 * time.Hour}, {"72h", 72 * time.Hour}, {"14d", 14 * 24 * time.Hour},
		{"-3s", -3 * time.Second}, {"+2.5s", 2500 * time.Millisecond}, {"2 minutes", 2 * time.Minute},
		{"1 h 5 min", 65 * time.Minute}, {"1h5m", 65 * time.Minute}, {"1 hour and 5 minutes", 65 * time.Minute},
		{"1 hour, 5 minutes", 65 * time.Minute}, {"2 weeks", 14 * 24 * time.Hour}, {"150ms", 150 * time.Millisecond},
		{"5 µs", 5 * time.Microsecond}, {"0", 0}, {" 5 m ", 5 * time.Minute}, {"0.000000001s", 1},
		{"5", -1}, {"", -1}, {"-", -1}, {"m", -1}, {"5 parsecs", -1}, {"1.2.3s", -1}, {"1.s", -1}, {".5s", -1},
		{"999999999999d", -1}, {"106751d 24h", -1}, {"5m and ", -1}, {"five minutes", -1}, {"5m-3s", -1},
	} {
		got, err := ParseSpan(row.text)
		if (err != nil) != (row.want == -1) || err == nil && got != row.want {
			t.Errorf("ParseSpan(%q) = %v, %v; want %v", row.text, got, err, row.want)
		}
	}
}

func TestPrecisionNames(t *testing.T) {
	for p := Unknown; p <= Nanosecond; p++ {
		if back, ok := ParsePrecision(p.String()); !ok || back != p {
			t.Errorf("precision %d is called %q, which is %d", p, p, back)
		}
		if p > Day && p.Unit() >= (p-1).Unit() {
			t.Errorf("%v is not finer than %v", p, p-1)
		}
	}
	if _, ok := ParsePrecision("fortnight"); ok || Precision(99).String() != "" || Precision(-1).Unit() != 0 {
		t.Error("there is no such precision")
	}
}

func TestFormat(t *testing.T) {
	at := time.Date(2024, 7, 30, 13, 45, 2, 120000000, time.FixedZone("", 7200))
	for p, want := range map[Precision]string{
		Unknown: "2024-07-30T11:45:02Z", Day: "2024-07-30T11:45:02Z", Minute: "2024-07-30T11:45:02Z", Second: "2024-07-30T11:45:02Z",
		Millisecond: "2024-07-30T11:45:02.120Z", Microsecond: "2024-07-30T11:45:02.120000Z", Nanosecond: "2024-07-30T11:45:02.120000000Z",
	} {
		if got := Format(at, p); got != want {
			t.Errorf("Format(%v) = %q, want %q", p, got, want)
		}
	}
	if got := Format(time.Time{}, Second); got != "" {
		t.Errorf("the zero time is %q", got)
	}
}

func TestEpoch(t *testing.T) {
	for _, row := range []struct {
		text, want string
		p          Precision
	}{
		{"1721736120", "2024-07-23T12:02:00Z", Second},
		{"1721736120.000026", "2024-07-23T12:02:00.000026Z", Microsecond},
		{"1721736120.5", "2024-07-23T12:02:00.5Z", Millisecond},
		{"1721736120123", "2024-07-23T12:02:00.123Z", Millisecond},
		{"1721736120123.25", "2024-07-23T12:02:00.12325Z", Microsecond},
		{"1721736120123456", "2024-07-23T12:02:00.123456Z", Microsecond},
		{"1721736120123456789", "2024-07-23T12:02:00.123456789Z", Nanosecond},
		{"1721736120.1234567891234", "2024-07-23T12:02:00.123456789Z", Nanosecond},
		{" 1721736120 ", "2024-07-23T12:02:00Z", Second},
		{"1", "1970-01-01T00:00:01Z", Second},
		{"", "", 0}, {"0", "", 0}, {"0.0", "", 0}, {"-5", "", 0}, {"1721736120.", "", 0}, {"12a", "", 0}, {"1e9", "", 0},
		{"99999999999999999999", "", 0}, {"9999999999999999999", "", 0}, {"1721736120.12x", "", 0}, {"1.2.3", "", 0},
	} {
		got, err := Epoch(row.text)
		if row.want == "" {
			if err == nil {
				t.Errorf("Epoch(%q) = %v, want an error", row.text, got.Time)
			}
			continue
		}
		if s := got.Time.Format(time.RFC3339Nano); err != nil || s != row.want || got.Precision != row.p || got.ZoneFrom != ZoneRecord {
			t.Errorf("Epoch(%q) = %s (%v), %v; want %s (%v)", row.text, s, got.Precision, err, row.want, row.p)
		}
	}
}
