package main

import (
	"fmt"
	"strconv"
	"strings"
)

// units are the sizes that -size knows.
func units() []struct {
	name  string
	bytes int64
} {
	return []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}
}

// readSize reads 1GiB, 512MiB, or plain bytes.
func readSize(text string) (int64, error) {
	number, factor := text, int64(1)
	for _, u := range units() {
		if before, found := strings.CutSuffix(text, u.name); found {
			number, factor = before, u.bytes
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n <= 0 || n > 1<<40/factor {
		return 0, fmt.Errorf("-size %s: give bytes, or a whole number of KiB, MiB or GiB, up to 1024GiB", text)
	}
	if n*factor < 256<<10 {
		return 0, fmt.Errorf("-size %s: a day of four services needs 256KiB", text)
	}
	return n * factor, nil
}

// sizeText writes a size as readSize reads it.
func sizeText(n int64) string {
	for _, u := range units() {
		if n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}
