// Package markdown writes text from hostile inputs into Markdown so that it
// shows as those characters and does nothing, and renders Markdown.
//
// The escaping is the readable one, for files kept in git: it was made for
// CommonMark and GitHub's tables, strike-through, task lists and autolinks. It
// also keeps the openings of Liquid, Hugo and Go templates from being seen as
// such. It is the only package that imports goldmark.
//
// Rewrite writes whole pages anew in the dialect of a site: one escaping that
// every reader takes for text, and a row of switches for what differs.
package markdown
