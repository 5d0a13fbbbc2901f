package document

import "strings"

// isUnit reports the words that make a number in front of them a figure.
func isUnit(word string) bool {
	switch word {
	case "million", "billion", "thousand",
		"customers", "users", "requests", "orders", "errors", "hosts", "servers", "nodes", "accounts", "messages",
		"minutes", "hours", "seconds", "days", "min", "h", "ms", "GB", "TB", "MB":
		return true
	}
	return false
}

// hasFigure reports a text with a figure: a share of a hundred, a number in
// groups of three digits, a number of something.
func hasFigure(text string) bool {
	parted := 0 // behind the last number with all its parts
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			continue
		}
		end := i
		for end < len(text) && isDigit(text[end]) {
			end++
		}
		whole := i == 0 || !isWordByte(text[i-1]) // no letter in front
		if whole && (end-i <= 3 && grouped(text[end:]) || isUnit(unit(text[end:]))) {
			return true
		}
		if i >= parted {
			rest := afterParts(text[end:], ".,", len(text))
			if percent(afterSpace(rest)) {
				return true
			}
			parted = len(text) - len(rest)
		}
		i = end - 1
	}
	return false
}

func isWordByte(c byte) bool {
	return isDigit(c) || c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// grouped reports ",000" behind the first digits of a number.
func grouped(rest string) bool {
	return len(rest) >= 4 && rest[0] == ',' && isDigit(rest[1]) && isDigit(rest[2]) && isDigit(rest[3]) &&
		(len(rest) == 4 || !isWordByte(rest[4]))
}

// percent reports the words for a share of a hundred.
func percent(rest string) bool {
	return strings.HasPrefix(rest, "%") || strings.HasPrefix(rest, "percent") || strings.HasPrefix(rest, "per cent")
}

// unit is the word behind the first digits of a number, over its fraction.
func unit(rest string) string {
	rest = afterSpace(afterParts(rest, ".", 1))
	end := 0
	for end < len(rest) && isWordByte(rest[end]) {
		end++
	}
	return rest[:end]
}

// afterParts passes over at most so many parts of a number, each a mark with
// digits behind it.
func afterParts(rest, marks string, most int) string {
	for ; most > 0 && len(rest) > 1 && strings.IndexByte(marks, rest[0]) >= 0 && isDigit(rest[1]); most-- {
		rest = strings.TrimLeft(rest[1:], "0123456789")
	}
	return rest
}

// afterSpace passes over one byte of white space.
func afterSpace(rest string) string {
	if rest != "" && isSpace(rest[0]) {
		return rest[1:]
	}
	return rest
}
