package pattern

// placeholder names what the word is. seen holds the classes of its bytes; it
// holds a digit or an @.
func placeholder(w []byte, seen uint8) string {
	if seen == digit {
		return "<num>"
	}
	if seen&at != 0 {
		if isEmail(w) {
			return "<email>"
		}
		return "<id>"
	}
	if seen&(hexLetter|otherLetter) == 0 {
		return numeric(w)
	}
	switch {
	case isUUID(w):
		return "<uuid>"
	case isHex(w, seen):
		return "<hex>"
	case isIPv6(w):
		return "<ip>"
	case isStamp(w):
		return "<time>"
	}
	return measured(w)
}

// numeric names a word of digits and joiners alone.
func numeric(w []byte) string {
	dots, colons, dashes, digits := 0, 0, 0, 0
	for _, b := range w {
		switch b {
		case '.':
			dots++
		case ':':
			colons++
		case '-':
			dashes++
		default:
			digits++
		}
	}
	switch {
	case dashes == 4 && isUUID(w):
		return "<uuid>"
	case dots == 3 && colons <= 1 && dashes == 0:
		return "<ip>"
	case colons >= 3:
		return "<ip>"
	case colons >= 1 && digits >= 3 || dashes == 2 && digits == 8:
		return "<time>"
	case dots <= 1 && dashes <= 1:
		return "<num>"
	}
	return "<id>"
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isHexDigit(b byte) bool {
	return isDigit(b) || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F'
}

func isEmail(w []byte) bool {
	place, dot := -1, false
	for i, b := range w {
		if b == '@' {
			place = i
		}
		dot = dot || place > 0 && b == '.' && i > place+1 && i < len(w)-1
	}
	return dot
}

// isUUID wants 8-4-4-4-12 hex digits.
func isUUID(w []byte) bool {
	if len(w) != 36 {
		return false
	}
	for i, b := range w {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if b != '-' {
				return false
			}
		} else if !isHexDigit(b) {
			return false
		}
	}
	return true
}

// isHex wants 0x and hex digits, or seven or more of them.
func isHex(w []byte, seen uint8) bool {
	if len(w) > 2 && w[0] == '0' && (w[1] == 'x' || w[1] == 'X') {
		w = w[2:]
	} else if len(w) < 7 || seen&(otherLetter|joiner) != 0 {
		return false
	}
	for _, b := range w {
		if !isHexDigit(b) {
			return false
		}
	}
	return true
}

// isIPv6 wants two colons or more among hex digits.
func isIPv6(w []byte) bool {
	colons := 0
	for _, b := range w {
		if b == ':' {
			colons++
		} else if !isHexDigit(b) && b != '.' && b != '%' {
			return false
		}
	}
	return colons >= 2
}

// isStamp wants a date and a time of day with a letter between or behind, such
// as 2024-07-30T11:45:00Z.
func isStamp(w []byte) bool {
	if len(w) < 8 || !isDigit(w[0]) {
		return false
	}
	letters := 0
	for _, b := range w {
		switch {
		case b == 'T' || b == 'Z':
			letters++
		case !isDigit(b) && b != ':' && b != '-' && b != '.' && b != '+':
			return false
		}
	}
	return letters <= 2
}

// measured names a number with a unit, which may repeat as in 1m30s; any other
// word is an id.
func measured(w []byte) string {
	if len(w) > 0 && (w[0] == '-' || w[0] == '+') {
		w = w[1:]
	}
	kind := ""
	for i := 0; i < len(w); {
		if !isDigit(w[i]) {
			return "<id>"
		}
		for i < len(w) && (isDigit(w[i]) || w[i] == '.') {
			i++
		}
		unit := i
		for i < len(w) && !isDigit(w[i]) {
			i++
		}
		switch string(w[unit:i]) {
		case "ns", "us", "µs", "μs", "ms", "s", "m", "h", "d", "sec", "secs", "min", "mins", "hrs", "msec", "usec":
			kind = "<dur>"
		case "B", "b", "k", "K", "kb", "KB", "kB", "KiB", "Ki", "M", "MB", "MiB", "Mi", "mb", "G", "GB", "GiB", "Gi", "gb", "T", "TB", "TiB", "Ti":
			kind = "<size>"
		default:
			return "<id>"
		}
	}
	return kind
}
