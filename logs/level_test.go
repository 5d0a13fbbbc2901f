package logs

import "testing"

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		read func([]byte) (Level, bool)
		in   string
		want Level
	}{
		{levelOfWord, "ERROR", LevelError}, {levelOfWord, "Fatal", LevelError}, {levelOfWord, "wrn", LevelWarning},
		{levelOfWord, "notice", LevelInfo}, {levelOfWord, "TRACE", LevelDebug}, {levelOfWord, "DEBUG5", LevelDebug},
		{levelOfWord, "banana", LevelUnknown}, {levelOfWord, "", LevelUnknown}, {levelOfWord, "informationally", LevelUnknown},
		{levelOfNumber, "0", LevelError}, {levelOfNumber, "3", LevelError}, {levelOfNumber, "4", LevelWarning},
		{levelOfNumber, "6", LevelInfo}, {levelOfNumber, "7", LevelDebug}, {levelOfNumber, "10", LevelDebug},
		{levelOfNumber, "30", LevelInfo}, {levelOfNumber, "40", LevelWarning}, {levelOfNumber, "50", LevelError},
		{levelOfNumber, "60", LevelError}, {levelOfNumber, "8", LevelUnknown}, {levelOfNumber, "1e3", LevelUnknown},
		{levelOfOTel, "17", LevelError}, {levelOfOTel, "13", LevelWarning}, {levelOfOTel, "9", LevelInfo}, {levelOfOTel, "1", LevelDebug},
		{levelOfOTel, "25", LevelUnknown},
	} {
		got, ok := c.read([]byte(c.in))
		if ok != (c.want != LevelUnknown) || ok && got != c.want {
			t.Errorf("%q: %v, %v, want %v", c.in, got, ok, c.want)
		}
	}
	for status, want := range map[int]Level{200: LevelInfo, 304: LevelInfo, 404: LevelWarning, 503: LevelError, 0: LevelUnknown, 999: LevelUnknown} {
		if got := levelOfStatus(status); got != want {
			t.Errorf("status %d: %v, want %v", status, got, want)
		}
	}
}

func TestLevelOfProse(t *testing.T) {
	for msg, want := range map[string]Level{
		"error: disk full":                     LevelError,
		"java.lang.NullPointerException: null": LevelError,
		"login failed for root":                LevelError,
		"kernel panic":                         LevelError,
		"warning: deprecated":                  LevelWarning,
		"warning: then an error":               LevelError,
		"no error":                             LevelUnknown,
		"0 errors, 0 failed":                   LevelUnknown,
		"errors=0":                             LevelUnknown,
		"terror mirror":                        LevelUnknown,
		"session opened for user root":         LevelUnknown,
		"a SegFault in worker":                 LevelError,
		"WARN: slow":                           LevelWarning,
		"got ConnectionError":                  LevelError,
		"PaymentException in order 7":          LevelError,
		"not failed, 0 Errors":                 LevelUnknown,
		"no time, then failure":                LevelError,
		"0x1f critical":                        LevelError,
		"":                                     LevelUnknown,
	} {
		if got := levelOfProse([]byte(msg)); got != want {
			t.Errorf("%q: %v, want %v", msg, got, want)
		}
	}
}
