// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/plaintext.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QPointer>
#include <QToolTip>

namespace {

constexpr qsizetype TipColumns = 80;

bool isToolTip(const QObject *object)
{
    return object->inherits("QTipLabel");
}

/**
 * Qt keeps one label for the tool tips that follow each other. It may still hold the last text,
 * which the new format must not be applied to.
 */
void setToolTipFormat(Qt::TextFormat format)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        auto *label = isToolTip(window) ? qobject_cast<QLabel *>(window) : nullptr;
        if (label && label->textFormat() != format) {
            label->clear();
            label->setTextFormat(format);
        }
    }
}

/**
 * A label is polished before it is laid out for the first time, and so before anything that its
 * text names is loaded; the label of a tool tip is before it gets its text.
 */
class PlainTextKeeper : public QObject
{
public:
    using QObject::QObject;

    bool showsRichToolTip = false;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ToolTip) {
            setToolTipFormat(Qt::PlainText);
        } else if (event->type() == QEvent::Polish) {
            auto *label = qobject_cast<QLabel *>(watched);
            if (label && label->textFormat() == Qt::AutoText) {
                label->setTextFormat(showsRichToolTip && isToolTip(label) ? Qt::RichText
                                                                          : Qt::PlainText);
            }
        }
        return QObject::eventFilter(watched, event);
    }
};

PlainTextKeeper &plainTextKeeper()
{
    static QPointer<PlainTextKeeper> kept; // ends with the application that it watches
    if (!kept) {
        kept = new PlainTextKeeper(qApp);
        qApp->installEventFilter(kept);
    }
    return *kept;
}

} // namespace

void PlainText::keep()
{
    plainTextKeeper();
}

void PlainText::showToolTip(const QPoint &globalPosition, const QString &text, QWidget *widget)
{
    keep();
    setToolTipFormat(Qt::PlainText);
    QToolTip::showText(globalPosition, text, widget);
}

void PlainText::showRichToolTip(const QPoint &globalPosition, const QString &html, QWidget *widget)
{
    setToolTipFormat(Qt::RichText);
    plainTextKeeper().showsRichToolTip = true;
    QToolTip::showText(globalPosition, html, widget);
    plainTextKeeper().showsRichToolTip = false;
}

void PlainText::hideToolTip()
{
    QToolTip::hideText();
}

QString PlainText::wrapped(const QString &text)
{
    QString out;
    qsizetype column = 0;
    const QStringList words = text.split(u' ');
    for (const QString &word : words) {
        if (column > 0 && column + 1 + word.size() > TipColumns) {
            out += u'\n';
            column = 0;
        } else if (column > 0) {
            out += u' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}
