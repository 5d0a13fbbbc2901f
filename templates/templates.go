// Package templates holds the default templates, embedded. A review set is a
// folder below review with a set.yaml, a file for each section and, where it
// needs its own, files for blocks; the blocks that all sets share are in
// review/blocks.
package templates

import (
	"embed"
	"io/fs"
)

//go:embed review
var files embed.FS

// Review gives the folder of review templates.
func Review() fs.FS {
	sub, err := fs.Sub(files, "review")
	if err != nil {
		panic(err) // the name is a constant that is a valid path
	}
	return sub
}

//go:embed site
var siteFiles embed.FS

// Site gives the folder of templates of web pages, with their styles and
// scripts.
func Site() fs.FS {
	sub, err := fs.Sub(siteFiles, "site")
	if err != nil {
		panic(err) // the name is a constant that is a valid path
	}
	return sub
}
