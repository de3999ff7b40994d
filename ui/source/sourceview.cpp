// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/source/sourceview.h"

#include "app/base/jsontext.h"
#include "ui/document/timelinedocument.h"
#include "ui/source/sourceeditor.h"
#include "ui/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace {

/** So long after the last keystroke the text is read. */
constexpr int ReadDelay = 250;
constexpr int StepPause = 1000;
/** A text beyond this is shown, but takes too long to be read at every pause. */
constexpr int MostLive = 4 * 1024 * 1024;

} // namespace

SourceView::SourceView(TimelineDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_editor(new SourceEditor(this))
    , m_state(new QLabel(this))
    , m_giveUp(new QPushButton(tr("&Show the timeline's text"), this))
{
    const QFontMetricsF metrics(font());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_editor, 1);
    auto *below = new QHBoxLayout;
    below->setContentsMargins(scaledInt(metrics, 12), scaledInt(metrics, 4), scaledInt(metrics, 12),
                              scaledInt(metrics, 4));
    below->addWidget(m_state, 1);
    below->addWidget(m_giveUp);
    column->addLayout(below);
    m_state->setObjectName(QStringLiteral("sourceState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_giveUp->setAutoDefault(false);
    m_typed.setSingleShot(true);
    m_typed.setInterval(ReadDelay);
    m_paused.setSingleShot(true);
    m_paused.setInterval(StepPause);
    connect(&m_typed, &QTimer::timeout, this, &SourceView::take);
    connect(&m_paused, &QTimer::timeout, this, [this] { ++m_gesture; });
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
        if (m_filling)
            return;
        m_typed.start();
        m_paused.start();
    });
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &SourceView::cursorMoved);
    connect(m_giveUp, &QPushButton::clicked, this, &SourceView::fill);
    connect(&document, &TimelineDocument::opened, this, [this] {
        m_hasError = false; // that text belonged to another timeline
        documentChanged();
    });
    connect(&document, &TimelineDocument::changed, this, &SourceView::documentChanged);
    connect(&document, &TimelineDocument::lockedChanged, this, &SourceView::updateMode);
    updateMode();
}

void SourceView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale && !m_hasError)
        fill();
}

void SourceView::documentChanged()
{
    if (m_taking)
        return;
    // What nobody looks at is not written out at every edit; what was typed and is not whole yet
    // is the user's, and stays until it is given up.
    m_stale = true;
    if (isVisible() && !m_hasError)
        fill();
}

QString SourceView::shownText() const
{
    // Not toPlainText(), which makes blanks and line ends of letters that are none.
    QString text = m_editor->document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

void SourceView::fill()
{
    m_stale = false;
    m_hasError = false;
    m_typed.stop();
    ++m_gesture;
    QString text = QString::fromUtf8(m_document.text());
    m_crlf = text.contains(QLatin1String("\r\n"));
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    const QString before = shownText();
    if (text != before) {
        // Only what differs is replaced: cursor and scrolling stay where they are.
        qsizetype front = 0;
        const qsizetype most = std::min(before.size(), text.size());
        while (front < most && before[front] == text[front])
            ++front;
        qsizetype back = 0;
        while (back < most - front &&
               before[before.size() - 1 - back] == text[text.size() - 1 - back])
            ++back;
        m_filling = true;
        QTextCursor cursor(m_editor->document());
        cursor.setPosition(int(front));
        cursor.setPosition(int(before.size() - back), QTextCursor::KeepAnchor);
        cursor.insertText(text.mid(front, text.size() - front - back));
        m_filling = false;
    }
    m_editor->setErrorPlace(0, 0);
    updateMode();
}

void SourceView::takeNow()
{
    if (m_typed.isActive()) {
        m_typed.stop();
        take();
    }
}

void SourceView::take()
{
    QString text = shownText();
    if (m_crlf)
        text.replace(u'\n', QLatin1String("\r\n"));
    const QByteArray bytes = text.toUtf8();
    if (bytes != m_document.text()) {
        m_taking = true;
        const auto read = m_document.editText(tr("Edit the JSON"), bytes,
                                              QStringLiteral("source %1").arg(m_gesture));
        m_taking = false;
        if (!read) {
            showError(read.error());
            return;
        }
    }
    m_hasError = false;
    m_editor->setErrorPlace(0, 0);
    updateMode();
}

void SourceView::showError(const Error &error)
{
    m_hasError = true;
    m_editor->setErrorPlace(error.line, error.column);
    updateMode();
    m_state->setText(tr("%1 The timeline stays as it was before.").arg(error.toString()));
}

void SourceView::updateMode()
{
    const bool tooLarge = m_editor->document()->characterCount() > MostLive;
    m_editor->setReadOnly(tooLarge || m_document.isLocked());
    m_giveUp->setVisible(m_hasError);
    m_state->setText(m_document.isLocked() ? m_document.lockReason()
                     : tooLarge
                         ? tr("This text is too large to be edited here; it is only shown.")
                         : tr("What is typed here becomes the timeline as soon as it is whole."));
}

void SourceView::cursorMoved()
{
    if (!m_editor->hasFocus() || m_filling || m_editor->isReadOnly())
        return;
    // Counted by the text as it is: it need not be whole while one types.
    const auto json = JsonText::parse(shownText().toUtf8());
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
    if (m_stale && !m_hasError)
        fill();
    const auto json = JsonText::parse(shownText().toUtf8());
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
