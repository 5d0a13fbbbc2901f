package logs

import "bytes"

// looksContinued reports whether a line that is no record reads like the
// continuation of one: blank, indented, or part of a stack trace of Java, Go
// or Python. Formats whose every line is marked as a record use it to tell a
// trace from a broken record.
func looksContinued(line []byte) bool {
	if len(line) == 0 || isBlank(line[0]) {
		return true
	}
	for _, start := range traceStarts() {
		if bytes.HasPrefix(line, []byte(start)) {
			return true
		}
	}
	return isGoFrame(line) || isException(line)
}

// traceStarts are beginnings of lines that are not indented.
func traceStarts() [14]string {
	return [...]string{
		"at ", "Caused by:", "Suppressed:", "... ", "goroutine ", "created by ", "panic: ", "fatal error: ",
		"[signal ", "exit status ", "Traceback (most recent call last)", "During handling of the above exception",
		"The above exception was", "stack traceback:",
	}
}

// isGoFrame knows the upper line of a frame of Go: main.serve(0xc00012, …).
func isGoFrame(line []byte) bool {
	open := bytes.IndexByte(line, '(')
	if open < 3 || line[len(line)-1] != ')' || bytes.IndexByte(line[:open], '.') < 0 {
		return false
	}
	return bytes.IndexByte(line[:open], ' ') < 0 && isLetter(line[0])
}

// isException knows the line that names an exception: a dotted name that ends
// in Error, Exception or the like, and a colon or nothing behind it.
func isException(line []byte) bool {
	end := 0
	for end < len(line) && (isAlnum(line[end]) || line[end] == '.' || line[end] == '_' || line[end] == '$') {
		end++
	}
	if end < 5 || end < len(line) && line[end] != ':' {
		return false
	}
	name := line[:end]
	for _, suffix := range [...]string{"error", "exception", "interrupt", "throwable", "warning"} {
		if hasSuffixFold(name, suffix) && len(name) > len(suffix) {
			return true
		}
	}
	return false
}
