// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/source/sourceview.h"

#include "app/base/jsontext.h"
#include "ui/document/timelinedocument.h"
#include "ui/source/sourceeditor.h"
#include "ui/text.h"

#include <QLabel>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace {

/** So long after the last keystroke the text is read. */
constexpr int ReadDelay = 250;
/** A text beyond this is shown, but takes too long to be read at every pause. */
constexpr qsizetype MostLive = 4 * 1024 * 1024;

} // namespace

SourceView::SourceView(TimelineDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_editor(new SourceEditor(this))
    , m_state(new QLabel(this))
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor, 1);
    column->addWidget(m_state);
    m_state->setObjectName(QStringLiteral("sourceState"));
    m_state->setContentsMargins(scaledInt(metrics, 12), scaledInt(metrics, 4),
                                scaledInt(metrics, 12), scaledInt(metrics, 4));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_typed.setSingleShot(true);
    m_typed.setInterval(ReadDelay);
    connect(&m_typed, &QTimer::timeout, this, &SourceView::take);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] { m_typed.start(); });
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &SourceView::cursorMoved);
    connect(&document, &TimelineDocument::opened, this, &SourceView::documentChanged);
    connect(&document, &TimelineDocument::changed, this, &SourceView::documentChanged);
    connect(&document, &TimelineDocument::lockedChanged, m_editor, &QPlainTextEdit::setReadOnly);
    showState();
}

void SourceView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        fill();
}

void SourceView::documentChanged()
{
    if (m_taking)
        return;
    // What nobody looks at is not written out at every edit.
    m_stale = true;
    if (isVisible())
        fill();
}

void SourceView::fill()
{
    m_stale = false;
    m_typed.stop();
    ++m_gesture;
    const QString text = QString::fromUtf8(m_document.text());
    if (text != m_editor->toPlainText()) {
        // Only what differs is replaced: cursor and scrolling stay where they are.
        const QString before = m_editor->toPlainText();
        qsizetype front = 0;
        const qsizetype most = std::min(before.size(), text.size());
        while (front < most && before[front] == text[front])
            ++front;
        qsizetype back = 0;
        while (back < most - front &&
               before[before.size() - 1 - back] == text[text.size() - 1 - back])
            ++back;
        const QSignalBlocker quiet(m_editor);
        QTextCursor cursor(m_editor->document());
        cursor.setPosition(int(front));
        cursor.setPosition(int(before.size() - back), QTextCursor::KeepAnchor);
        cursor.insertText(text.mid(front, text.size() - front - back));
    }
    m_hasError = false;
    m_editor->setErrorPlace(0, 0);
    const bool live = text.size() <= MostLive && !m_document.isLocked();
    m_editor->setReadOnly(!live);
    showState();
}

void SourceView::take()
{
    const QByteArray text = m_editor->toPlainText().toUtf8();
    if (text == m_document.text()) {
        m_hasError = false;
        m_editor->setErrorPlace(0, 0);
        showState();
        return;
    }
    m_taking = true;
    const auto read =
        m_document.editText(tr("Edit the JSON"), text, QStringLiteral("source %1").arg(m_gesture));
    m_taking = false;
    if (!read) {
        showError(read.error());
        return;
    }
    m_hasError = false;
    m_editor->setErrorPlace(0, 0);
    showState();
}

void SourceView::showError(const Error &error)
{
    m_hasError = true;
    m_editor->setErrorPlace(error.line, error.column);
    m_state->setText(tr("%1 The timeline stays as it was before.").arg(error.toString()));
}

void SourceView::showState()
{
    m_state->setText(m_document.isLocked() ? tr("A run is under way; stop it to edit.")
                     : m_editor->isReadOnly()
                         ? tr("This text is too large to be edited here; it is only shown.")
                         : tr("What is typed here becomes the timeline as soon as it is whole."));
}

void SourceView::cursorMoved()
{
    if (!m_editor->hasFocus())
        return;
    // Counted by the text as it is: it need not be whole while one types.
    const auto json = JsonText::parse(m_editor->toPlainText().toUtf8());
    if (!json)
        return;
    const JsonText::Node incidents = json->member(json->root(), u"incidents");
    if (incidents == JsonText::None)
        return;
    std::vector<JsonText::Node> nodes;
    for (JsonText::Node node = json->firstChild(incidents); node != JsonText::None;
         node = json->nextSibling(node))
        nodes.push_back(node);
    const int line = m_editor->textCursor().blockNumber() + 1;
    const auto beginOf = [&](JsonText::Node node) {
        int begin = 0;
        int column = 0;
        json->place(node, begin, column);
        return begin;
    };
    const auto behind = std::partition_point(
        nodes.begin(), nodes.end(), [&](JsonText::Node node) { return beginOf(node) <= line; });
    int row = int(behind - nodes.begin()) - 1;
    if (row >= 0) {
        const JsonText::Node node = nodes[size_t(row)];
        if (line > beginOf(node) + int(json->spelling(node).toByteArray().count('\n')))
            row = -1;
    }
    if (row != m_row) {
        m_row = row;
        Q_EMIT incidentEntered(row);
    }
}

void SourceView::showPointer(const QString &pointer)
{
    if (m_stale)
        fill();
    const auto json = JsonText::parse(m_editor->toPlainText().toUtf8());
    if (!json)
        return;
    QString wanted = pointer;
    JsonText::Node node = json->find(wanted);
    // A key that is missing is shown at what misses it.
    while (node == JsonText::None && !wanted.isEmpty()) {
        wanted.truncate(wanted.lastIndexOf(u'/'));
        node = json->find(wanted);
    }
    if (node == JsonText::None)
        return;
    int line = 0;
    int column = 0;
    json->place(node, line, column);
    m_editor->goTo(line, column);
}
