// Package site makes the pages of finished reviews for the site that a team has
// already: the right folder, file name and front matter, the text in that
// site's Markdown, the picture beside the page, an index and a feed.
//
// A review has one permanent address, that of its newest stage. The stages
// before stand below it, with a page between each two that says what changed.
// What a target wants is a row of a table and a file of its own. The package
// writes nothing: it gives files.
package site
