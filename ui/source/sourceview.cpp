// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/source/sourceview.h"

#include "app/base/jsontext.h"
#include "ui/document/timelinedocument.h"
#include "ui/look/text.h"
#include "ui/source/sourceeditor.h"

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
constexpr auto ByteOrderMark = "\xEF\xBB\xBF";

struct CommonEnds
{
    qsizetype front = 0;
    qsizetype back = 0;
};

/** How much both begin and end with; never more than the shorter one has. */
CommonEnds commonEnds(const QString &one, const QString &other)
{
    CommonEnds ends;
    const qsizetype most = std::min(one.size(), other.size());
    while (ends.front < most && one[ends.front] == other[ends.front]) {
        ++ends.front;
    }
    while (ends.back < most - ends.front &&
           one[one.size() - 1 - ends.back] == other[other.size() - 1 - ends.back]) {
        ++ends.back;
    }
    return ends;
}

/** Where the letter at `wanted` of an editor's text stands in the file's, whose CRLF is one there.
 */
qsizetype placeInFile(const QString &file, qsizetype wanted)
{
    qsizetype at = 0;
    for (qsizetype seen = 0; seen < wanted && at < file.size(); ++seen) {
        at += QStringView(file).mid(at, 2) == QLatin1String("\r\n") ? 2 : 1;
    }
    return at;
}

} // namespace

SourceView::SourceView(TimelineDocument &document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_editor(new SourceEditor(this))
    , m_state(new QLabel(this))
    , m_use(new QPushButton(tr("&Use this text"), this))
    , m_discard(new QPushButton(tr("&Discard edits"), this))
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
    below->addWidget(m_use);
    below->addWidget(m_discard);
    column->addLayout(below);
    m_state->setObjectName(QStringLiteral("sourceState"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_use->setObjectName(QStringLiteral("useText"));
    m_use->setToolTip(tr("Replaces the newer timeline with this text; Undo restores it"));
    m_discard->setObjectName(QStringLiteral("discardText"));
    m_discard->setToolTip(tr("Shows the timeline as it is, without what was typed here"));
    for (QPushButton *button : {m_use, m_discard}) {
        button->setAutoDefault(false);
    }
    m_typed.setSingleShot(true);
    m_typed.setInterval(ReadDelay);
    m_paused.setSingleShot(true);
    m_paused.setInterval(StepPause);
    connect(&m_typed, &QTimer::timeout, this, &SourceView::take);
    connect(&m_paused, &QTimer::timeout, this, [this] { ++m_gesture; });
    connect(m_editor, &QPlainTextEdit::textChanged, this, &SourceView::textChanged);
    connect(m_editor, &SourceEditor::undoWanted, this, &SourceView::takeNow);
    connect(m_editor, &QPlainTextEdit::cursorPositionChanged, this, &SourceView::cursorMoved);
    connect(m_use, &QPushButton::clicked, this, &SourceView::useText);
    connect(m_discard, &QPushButton::clicked, this, &SourceView::fill);
    connect(&document, &TimelineDocument::opened, this, [this] {
        // What was typed belonged to another timeline.
        m_shown = shownText();
        m_typed.stop();
        m_left = Left::Nothing;
        documentChanged();
    });
    connect(&document, &TimelineDocument::changed, this, &SourceView::documentChanged);
    connect(&document, &TimelineDocument::lockedChanged, this, [this](bool locked) {
        updateMode();
        if (!locked && isTyped()) {
            m_typed.start(); // what could not be taken while it was locked
        }
    });
    updateMode();
}

void SourceView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale && !isTyped()) {
        fill();
    }
}

void SourceView::documentChanged()
{
    if (m_taking) {
        return;
    }
    // What nobody looks at is not written out at every edit; what was typed and is not taken yet
    // is the user's, and stays until it is.
    m_stale = true;
    if (isVisible() && !isTyped()) {
        fill();
    }
}

QString SourceView::shownText() const
{
    // Not toPlainText(), which makes blanks and line ends of letters that are none.
    QString text = m_editor->document()->toRawText();
    text.replace(QChar::ParagraphSeparator, u'\n');
    return text;
}

bool SourceView::isTyped() const
{
    return shownText() != m_shown;
}

QByteArray SourceView::typedText() const
{
    const QString typed = shownText();
    const QString file = QString::fromUtf8(m_base);
    const CommonEnds same = commonEnds(m_shown, typed);
    QString fresh = typed.mid(same.front, typed.size() - same.front - same.back);
    const qsizetype line = file.indexOf(u'\n');
    if (line > 0 && file[line - 1] == u'\r') {
        fresh.replace(u'\n', QLatin1String("\r\n"));
    }
    const QString whole = file.left(placeInFile(file, same.front)) + fresh +
                          file.mid(placeInFile(file, m_shown.size() - same.back));
    const QByteArray mark =
        m_base.startsWith(ByteOrderMark) ? QByteArray(ByteOrderMark) : QByteArray();
    return mark + whole.toUtf8();
}

void SourceView::fill()
{
    m_stale = false;
    m_left = Left::Nothing;
    m_typed.stop();
    ++m_gesture;
    m_revision = m_document.revision();
    m_base = m_document.text();
    QString text = QString::fromUtf8(m_base);
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    const QString before = shownText();
    if (text != before) {
        // Only what differs is replaced: cursor and scrolling stay where they are.
        const CommonEnds same = commonEnds(before, text);
        m_filling = true;
        QTextCursor cursor(m_editor->document());
        cursor.setPosition(int(same.front));
        cursor.setPosition(int(before.size() - same.back), QTextCursor::KeepAnchor);
        cursor.insertText(text.mid(same.front, text.size() - same.front - same.back));
        m_filling = false;
    }
    m_shown = shownText();
    m_editor->setErrorPlace(0, 0);
    updateMode();
}

void SourceView::textChanged()
{
    // Colors, fonts and styles change a text as well, as this signal sees it.
    if (m_filling) {
        return;
    }
    if (!isTyped()) {
        settle();
        return;
    }
    m_typed.start();
    m_paused.start();
}

void SourceView::settle()
{
    m_typed.stop();
    if (m_left != Left::Nothing) {
        m_left = Left::Nothing;
        m_editor->setErrorPlace(0, 0);
        updateMode();
    }
    if (m_stale && isVisible()) {
        fill();
    }
}

void SourceView::takeNow()
{
    if (m_typed.isActive()) {
        take();
    }
}

void SourceView::take()
{
    m_typed.stop();
    if (!isTyped()) {
        settle();
        return;
    }
    const QByteArray text = typedText();
    const QString name = tr("Edit the JSON");
    m_taking = true;
    Result<bool> taken = true;
    if (m_stale) {
        taken = m_document.mergeText(name, text, m_revision);
    } else if (const Result<void> read =
                   m_document.editText(name, text, QStringLiteral("source %1").arg(m_gesture));
               !read) {
        taken = tl::make_unexpected(read.error());
    }
    m_taking = false;
    if (!taken) {
        showError(taken.error());
        return;
    }
    if (!*taken) {
        showConflict();
        return;
    }
    if (m_stale || m_document.text() != text) {
        fill(); // what was changed elsewhere meanwhile is in it now
        return;
    }
    m_revision = m_document.revision();
    m_base = text;
    m_shown = shownText();
    m_left = Left::Nothing;
    m_editor->setErrorPlace(0, 0);
    updateMode();
}

void SourceView::useText()
{
    m_typed.stop();
    m_taking = true;
    const Result<void> read = m_document.editText(tr("Edit the JSON"), typedText());
    m_taking = false;
    if (read) {
        fill();
    } else {
        showError(read.error());
    }
}

void SourceView::showError(const Error &error)
{
    m_left = Left::Error;
    m_editor->setErrorPlace(error.line, error.column);
    updateMode();
    m_state->setText(tr("%1 The timeline stays as it was before.").arg(error.toString()));
}

void SourceView::showConflict()
{
    m_left = Left::Conflict;
    m_editor->setErrorPlace(0, 0);
    updateMode();
    m_state->setText(tr("You edited this text, and the same parts were changed elsewhere. The "
                        "timeline is unchanged. Discard your edits, or replace the other changes "
                        "with this text?"));
}

void SourceView::updateMode()
{
    const bool tooLarge = m_editor->document()->characterCount() > MostLive;
    m_editor->setReadOnly(tooLarge || m_document.isLocked());
    m_discard->setVisible(m_left != Left::Nothing);
    m_use->setVisible(m_left == Left::Conflict);
    m_use->setEnabled(!m_document.isLocked());
    m_state->setText(m_document.isLocked() ? m_document.lockReason()
                     : tooLarge
                         ? tr("This text is too large to be edited here; it is only shown.")
                         : tr("What is typed here changes the timeline as soon as it is valid."));
}

void SourceView::cursorMoved()
{
    if (!m_editor->hasFocus() || m_filling || m_editor->isReadOnly()) {
        return;
    }
    // Counted by the text as it is: it need not be whole while one types.
    const auto json = JsonText::parse(shownText().toUtf8());
    if (!json) {
        return;
    }
    const JsonText::Node incidents = json->member(json->root(), u"incidents");
    if (incidents == JsonText::None) {
        return;
    }
    std::vector<JsonText::Node> nodes;
    for (JsonText::Node node = json->firstChild(incidents); node != JsonText::None;
         node = json->nextSibling(node)) {
        nodes.push_back(node);
    }
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
        if (line > beginOf(node) + int(json->spelling(node).toByteArray().count('\n'))) {
            row = -1;
        }
    }
    if (row != m_row) {
        m_row = row;
        Q_EMIT incidentEntered(row);
    }
}

void SourceView::showPointer(const QString &pointer)
{
    if (m_stale && !isTyped()) {
        fill();
    }
    const auto json = JsonText::parse(shownText().toUtf8());
    if (!json) {
        return;
    }
    QString wanted = pointer;
    JsonText::Node node = json->find(wanted);
    // A key that is missing is shown at what misses it.
    while (node == JsonText::None && !wanted.isEmpty()) {
        wanted.truncate(wanted.lastIndexOf(u'/'));
        node = json->find(wanted);
    }
    if (node == JsonText::None) {
        return;
    }
    int line = 0;
    int column = 0;
    json->place(node, line, column);
    m_editor->goTo(line, column);
}
