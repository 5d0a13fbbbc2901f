package logs

import "bytes"

// longestLevel is the length of the longest word of levelOfWord.
const longestLevel = 13

// levelOfWord reads the word that a program writes for a level, in any case.
func levelOfWord(word []byte) (Level, bool) {
	if len(word) < 2 || len(word) > longestLevel {
		return LevelUnknown, false
	}
	var buf [longestLevel]byte
	lower := lowerInto(buf[:], word)
	switch string(lower) {
	case "error", "err", "fatal", "critical", "crit", "alert", "emerg", "emergency", "panic",
		"dpanic", "severe", "eror", "erro", "fail", "failure", "fata", "pani", "ftl":
		return LevelError, true
	case "warning", "warn", "wrn":
		return LevelWarning, true
	case "info", "information", "informational", "inf", "notice", "note", "log", "hint", "statement", "config", "detail":
		return LevelInfo, true
	case "debug", "dbg", "debu", "trace", "trc", "trac", "fine", "finer", "finest", "verbose", "vrb", "ddebug",
		"debug1", "debug2", "debug3", "debug4", "debug5":
		return LevelDebug, true
	}
	return LevelUnknown, false
}

// levelOfLetter reads the one-letter levels of klog, logcat and the like.
func levelOfLetter(b byte) (Level, bool) {
	switch b {
	case 'E', 'F', 'C', 'A':
		return LevelError, true
	case 'W':
		return LevelWarning, true
	case 'I', 'N':
		return LevelInfo, true
	case 'D', 'T', 'V':
		return LevelDebug, true
	}
	return LevelUnknown, false
}

// levelOfNumber reads the numbers of a level key: 0 to 7 as syslog has them,
// from 10 on as Bunyan and pino do.
func levelOfNumber(digits []byte) (Level, bool) {
	n, ok := smallNumber(digits)
	switch {
	case !ok:
		return LevelUnknown, false
	case n <= 7:
		return levelOfSeverity(n), true
	case n >= 50 && n <= 100:
		return LevelError, true
	case n >= 40:
		return LevelWarning, n <= 100
	case n >= 30:
		return LevelInfo, true
	case n >= 10:
		return LevelDebug, true
	}
	return LevelUnknown, false
}

// levelOfSeverity reads a severity of syslog, 0 to 7.
func levelOfSeverity(n int) Level {
	switch {
	case n <= 3:
		return LevelError
	case n == 4:
		return LevelWarning
	case n <= 6:
		return LevelInfo
	}
	return LevelDebug
}

// levelOfOTel reads a SeverityNumber of OpenTelemetry, 1 to 24.
func levelOfOTel(digits []byte) (Level, bool) {
	n, ok := smallNumber(digits)
	switch {
	case !ok || n < 1 || n > 24:
		return LevelUnknown, false
	case n >= 17:
		return LevelError, true
	case n >= 13:
		return LevelWarning, true
	case n >= 9:
		return LevelInfo, true
	}
	return LevelDebug, true
}

// levelOfStatus reads an HTTP status: 5xx is an error, 4xx a warning.
func levelOfStatus(status int) Level {
	switch {
	case status >= 500 && status < 600:
		return LevelError
	case status >= 400 && status < 500:
		return LevelWarning
	case status >= 100 && status < 400:
		return LevelInfo
	}
	return LevelUnknown
}

// proseSpan is how many bytes of a message levelOfProse looks at.
const proseSpan = 200

// levelOfProse guesses the level of a record that states none, from whole
// words of its message.
func levelOfProse(msg []byte) Level {
	if len(msg) > proseSpan {
		msg = msg[:proseSpan]
	}
	level, denied := LevelUnknown, false
	for i := 0; i < len(msg); {
		if !isAlnum(msg[i]) {
			i++
			continue
		}
		start := i
		for i < len(msg) && isAlnum(msg[i]) {
			i++
		}
		word := msg[start:i]
		if !telling(word) {
			denied = false
			continue
		}
		switch l := levelOfProseWord(word); {
		case l == LevelError && !denied:
			return l
		case l == LevelWarning:
			level = l
		}
		denied = isDenial(word)
	}
	return level
}

// tellingStarts has a bit for each letter that a word of levelOfProseWord or
// isDenial begins with: c, e, f, n, p, s, t and w.
const tellingStarts = 1<<('c'-'a') | 1<<('e'-'a') | 1<<('f'-'a') | 1<<('n'-'a') | 1<<('p'-'a') | 1<<('s'-'a') | 1<<('t'-'a') | 1<<('w'-'a')

// telling reports whether a word may be one that levelOfProse knows. It is
// there to pass by the others quickly.
func telling(word []byte) bool {
	if first := (word[0] | 0x20) - 'a'; first < 26 && tellingStarts>>first&1 == 1 {
		return true
	}
	last := word[len(word)-1]
	return word[0] == '0' || last == 'r' && len(word) > len("Error") || last == 'n' && len(word) > len("Exception")
}

// levelOfProseWord knows the words that tell a failure in running text. Names
// count by their end: ConnectionError, NullPointerException.
func levelOfProseWord(word []byte) Level {
	n := len(word)
	if n < 4 {
		return LevelUnknown
	}
	found := false
	switch word[0] | 0x20 {
	case 'e':
		found = n == 5 && equalFold(word, "error") || n == 9 && (equalFold(word, "exception") || equalFold(word, "emergency"))
	case 'f':
		found = n == 5 && equalFold(word, "fatal") || n == 6 && equalFold(word, "failed") || n == 7 && equalFold(word, "failure")
	case 'p':
		found = n == 5 && equalFold(word, "panic")
	case 'c':
		found = n == 8 && equalFold(word, "critical")
	case 't':
		found = n == 9 && equalFold(word, "traceback")
	case 's':
		found = n == 8 && equalFold(word, "segfault")
	case 'w':
		if n == 4 && equalFold(word, "warn") || n == 7 && equalFold(word, "warning") {
			return LevelWarning
		}
	}
	switch last := word[n-1]; {
	case found, last == 'r' && bytes.HasSuffix(word, []byte("Error")), last == 'n' && bytes.HasSuffix(word, []byte("Exception")):
		return LevelError
	}
	return LevelUnknown
}

// isDenial knows the words before "error" that turn it round: "no error",
// "without error", "0 failed".
func isDenial(word []byte) bool {
	switch string(word) {
	case "no", "No", "NO", "0", "without", "not", "non":
		return true
	}
	return false
}
