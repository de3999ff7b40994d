// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/source/sourceeditor.h"

#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QFontDatabase>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QTextBlock>

namespace {

/** The column left of the text. */
class LineNumbers : public QWidget
{
public:
    explicit LineNumbers(SourceEditor *editor)
        : QWidget(editor)
        , m_editor(editor)
    {}

    QSize sizeHint() const override { return {m_editor->numbersWidth(), 0}; }

protected:
    void paintEvent(QPaintEvent *event) override { m_editor->paintNumbers(event); }

private:
    SourceEditor *m_editor;
};

constexpr int InBlockComment = 1;

} // namespace

JsonHighlighter::JsonHighlighter(QPlainTextEdit *editor)
    : QSyntaxHighlighter(editor->document())
    , m_editor(editor)
{}

void JsonHighlighter::highlightBlock(const QString &text)
{
    static const QRegularExpression token(
        QStringLiteral("(\"(?:[^\"\\\\]|\\\\.)*\"?)(\\s*:)?|(//.*$)|(/\\*)|"
                       "(-?\\d[\\d.eE+-]*)|\\b(true|false|null)\\b"));
    const Theme &theme = Theme::of(m_editor->palette());
    QTextCharFormat key;
    key.setForeground(theme.accent);
    QTextCharFormat string;
    string.setForeground(theme.ink(IncidentState::Created));
    QTextCharFormat value;
    value.setForeground(theme.marker);
    QTextCharFormat comment;
    comment.setForeground(theme.secondary);
    comment.setFontItalic(true);

    qsizetype from = 0;
    setCurrentBlockState(0);
    const auto skipComment = [&](qsizetype begin) {
        const qsizetype end = text.indexOf(QLatin1String("*/"), begin);
        if (end < 0) {
            setCurrentBlockState(InBlockComment);
            setFormat(int(begin), int(text.size() - begin), comment);
            return text.size();
        }
        setFormat(int(begin), int(end + 2 - begin), comment);
        return end + 2;
    };
    if (previousBlockState() == InBlockComment) {
        from = skipComment(0);
    }
    while (from < text.size()) {
        const QRegularExpressionMatch match = token.match(text, from);
        if (!match.hasMatch()) {
            break;
        }
        from = match.capturedEnd();
        const auto paint = [&](int group, const QTextCharFormat &format) {
            setFormat(int(match.capturedStart(group)), int(match.capturedLength(group)), format);
        };
        if (match.capturedStart(1) >= 0) {
            paint(1, match.capturedStart(2) >= 0 ? key : string);
        } else if (match.capturedStart(3) >= 0) {
            paint(3, comment);
        } else if (match.capturedStart(4) >= 0) {
            from = skipComment(match.capturedStart(4));
        } else {
            paint(0, value);
        }
    }
}

SourceEditor::SourceEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_numbers(new LineNumbers(this))
    , m_highlighter(new JsonHighlighter(this))
{
    setObjectName(QStringLiteral("source"));
    setAccessibleName(tr("The timeline as JSON"));
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setUndoRedoEnabled(false); // the document's undo counts
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF() * 0.95);
    setFont(fixed);
    setTabStopDistance(QFontMetricsF(fixed).horizontalAdvance(QStringLiteral("  ")));
    connect(this, &QPlainTextEdit::blockCountChanged, this, &SourceEditor::placeNumbers);
    connect(this, &QPlainTextEdit::updateRequest, this, [this](const QRect &rect, int dy) {
        if (dy != 0) {
            m_numbers->scroll(0, dy);
        } else {
            m_numbers->update(0, rect.y(), m_numbers->width(), rect.height());
        }
    });
    connect(this, &QPlainTextEdit::cursorPositionChanged, this, &SourceEditor::markCurrentLine);
    placeNumbers();
    markCurrentLine();
}

int SourceEditor::numbersWidth() const
{
    const QFontMetricsF metrics(font());
    const auto digits = QString::number(std::max(99, blockCount())).size();
    return int(metrics.horizontalAdvance(u'9') * double(digits)) + scaledInt(metrics, 18);
}

void SourceEditor::placeNumbers()
{
    setViewportMargins(numbersWidth(), 0, 0, 0);
    const QRect room = contentsRect();
    m_numbers->setGeometry(room.left(), room.top(), numbersWidth(), room.height());
}

void SourceEditor::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    placeNumbers();
}

void SourceEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_highlighter) {
        m_highlighter->rehighlight();
        markCurrentLine();
    }
}

void SourceEditor::paintNumbers(QPaintEvent *event)
{
    const Theme &theme = Theme::of(palette());
    QPainter painter(m_numbers);
    painter.fillRect(event->rect(), theme.alternate);
    painter.setFont(font());
    const int side = scaledInt(QFontMetricsF(font()), 8);
    QTextBlock block = firstVisibleBlock();
    qreal top = blockBoundingGeometry(block).translated(contentOffset()).top();
    while (block.isValid() && top <= event->rect().bottom()) {
        const qreal height = blockBoundingRect(block).height();
        const QRectF row(0, top, m_numbers->width() - side, height);
        const int number = block.blockNumber() + 1;
        if (number == m_errorLine) {
            painter.fillRect(QRectF(0, top, m_numbers->width(), height),
                             mixed(theme.base, theme.error, 0.25));
        }
        painter.setPen(number == m_errorLine ? theme.error : theme.secondary);
        painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, QString::number(number));
        block = block.next();
        top += height;
    }
}

void SourceEditor::setErrorPlace(int line, int column)
{
    m_errorLine = line;
    m_errorColumn = column;
    markCurrentLine();
    m_numbers->update();
}

void SourceEditor::markCurrentLine()
{
    const Theme &theme = Theme::of(palette());
    QList<QTextEdit::ExtraSelection> marks;
    QTextEdit::ExtraSelection line;
    line.format.setBackground(theme.alternate);
    line.format.setProperty(QTextFormat::FullWidthSelection, true);
    line.cursor = textCursor();
    line.cursor.clearSelection();
    marks.append(line);
    const QTextBlock block = document()->findBlockByNumber(m_errorLine - 1);
    if (m_errorLine > 0 && block.isValid()) {
        QTextEdit::ExtraSelection error;
        error.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        error.format.setUnderlineColor(theme.error);
        error.cursor = QTextCursor(block);
        const int column = std::clamp(m_errorColumn - 1, 0, std::max(0, block.length() - 2));
        error.cursor.setPosition(block.position() + column);
        error.cursor.movePosition(QTextCursor::EndOfWord, QTextCursor::KeepAnchor);
        if (!error.cursor.hasSelection()) {
            error.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        }
        marks.append(error);
    }
    setExtraSelections(marks);
}

void SourceEditor::goTo(int line, int column)
{
    const QTextBlock block = document()->findBlockByNumber(line - 1);
    if (!block.isValid()) {
        return;
    }
    QTextCursor cursor(block);
    cursor.setPosition(block.position() + std::clamp(column - 1, 0, block.length() - 1));
    setTextCursor(cursor);
    centerCursor();
}

bool SourceEditor::event(QEvent *event)
{
    // Undo is the document's, also from here.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            Q_EMIT undoWanted();
            return false;
        }
    }
    return QPlainTextEdit::event(event);
}

void SourceEditor::keyPressEvent(QKeyEvent *event)
{
    // A new line begins where the one above begins.
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        static const QRegularExpression blanks(QStringLiteral("^\\s*"));
        QTextCursor cursor = textCursor();
        const QString before = cursor.block().text().left(cursor.positionInBlock());
        cursor.insertText(u'\n' + blanks.match(before).captured(0));
        ensureCursorVisible();
        return;
    }
    QPlainTextEdit::keyPressEvent(event);
}
