// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

/**
 * The only writer to standard output and standard error. Text is printed a line at a time, and no
 * line holds a control character, whatever a file or a server put into it: a line feed ends a line
 * only where a line ends here.
 */
namespace Console {

enum class Stream { Out, Error };

/** Prints one line, in the encoding of the locale. A line break within it becomes a space. */
void print(Stream stream, const QString &line);
void print(Stream stream, const QStringList &lines);

/** Prints a JSON text in UTF-8, its controls as escapes; it has to end with its own line feed. */
void printJson(const QByteArray &json);
/** Prints an HTML page, in UTF-8, as it is but for controls. */
void printHtml(const QByteArray &html);
/**
 * Prints lines that end with `end`, in UTF-8: Markdown, and tables, whose cells then hold spaces
 * instead of the line breaks that they have in a file.
 */
void printTextFile(const QByteArray &text, const QByteArray &end);

/** False if something printed to standard output did not arrive there. */
bool isOutputWhole();

/** Cleans what Qt and the log write to standard error as well, from now on. */
void cleanLog();

/** A line at a terminal that changes in place. */
class StatusLine
{
public:
    explicit StatusLine(Stream stream)
        : m_stream(stream)
    {}

    void show(const QString &text);
    /** Leaves the cursor at the start of an empty line. */
    void clear();

private:
    Stream m_stream;
    qsizetype m_width = 0;
};

} // namespace Console
