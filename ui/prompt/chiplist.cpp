// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/chiplist.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/widgets/flowlayout.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QToolButton>

/** One word with its button. */
class ChipList::Chip : public QWidget
{
public:
    explicit Chip(ChipList *list)
        : QWidget(list)
        , m_label(new QLabel(this))
        , m_remove(new QToolButton(this))
    {
        const QFontMetricsF metrics(font());
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(scaledInt(metrics, 9), scaledInt(metrics, 2), scaledInt(metrics, 3),
                                scaledInt(metrics, 2));
        row->setSpacing(scaledInt(metrics, 2));
        m_label->setTextFormat(Qt::PlainText);
        const int side = scaledInt(metrics, 12);
        m_remove->setIcon(icon(Glyph::Close));
        m_remove->setIconSize({side, side});
        m_remove->setAutoRaise(true);
        m_remove->setObjectName(QStringLiteral("removeWord"));
        row->addWidget(m_label);
        row->addWidget(m_remove);
        connect(m_remove, &QToolButton::clicked, list, [this, list] {
            list->m_words.removeAll(m_label->text());
            Q_EMIT list->edited();
            list->fill();
        });
    }

    void setWord(const QString &word)
    {
        m_label->setText(word);
        m_remove->setToolTip(tr("Remove “%1”").arg(word));
        m_remove->setAccessibleName(m_remove->toolTip());
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::of(palette());
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.border);
        painter.setBrush(theme.base);
        const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    }

private:
    QLabel *m_label;
    QToolButton *m_remove;
};

ChipList::ChipList(QWidget *parent)
    : QWidget(parent)
    , m_flow(new FlowLayout(scaledInt(QFontMetricsF(font()), 6), this))
    , m_add(new QToolButton(this))
    , m_field(new QLineEdit(this))
{
    const QFontMetricsF metrics(font());
    m_flow->setContentsMargins(0, 0, 0, 0);
    m_add->setIcon(icon(Glyph::Plus));
    m_add->setAutoRaise(true);
    m_add->setToolTip(tr("Add one"));
    m_add->setAccessibleName(m_add->toolTip());
    m_add->setObjectName(QStringLiteral("addWord"));
    m_field->setObjectName(QStringLiteral("newWord"));
    m_field->setAccessibleName(tr("New word"));
    m_field->setFixedWidth(scaledInt(metrics, 150));
    m_field->setPlaceholderText(QStringLiteral("scale_up"));
    m_field->installEventFilter(this);
    m_field->hide();
    m_flow->addWidget(m_add);
    m_flow->addWidget(m_field);
    connect(m_add, &QToolButton::clicked, this, [this] {
        m_field->clear();
        m_field->show();
        m_field->setFocus();
        m_add->hide();
    });
    connect(m_field, &QLineEdit::returnPressed, this, [this] {
        take();
        m_field->setFocus();
    });
    connect(m_field, &QLineEdit::editingFinished, this, &ChipList::take);
}

void ChipList::setWords(const QStringList &words)
{
    if (words == m_words) {
        return;
    }
    m_words = words;
    fill();
}

void ChipList::fill()
{
    while (m_chips.size() < m_words.size()) {
        auto *chip = new Chip(this);
        // Before the button and the field, which end the row.
        QLayoutItem *field = m_flow->takeAt(m_flow->count() - 1);
        QLayoutItem *add = m_flow->takeAt(m_flow->count() - 1);
        m_flow->addWidget(chip);
        m_flow->addItem(add);
        m_flow->addItem(field);
        m_chips.append(chip);
    }
    for (qsizetype i = 0; i < m_chips.size(); ++i) {
        if (i < m_words.size()) {
            m_chips[i]->setWord(m_words[i]);
        }
        m_chips[i]->setVisible(i < m_words.size());
    }
    m_flow->invalidate();
    updateGeometry();
}

void ChipList::take()
{
    const QString word = m_field->text().trimmed();
    m_field->clear();
    if (!m_field->hasFocus()) {
        m_field->hide();
        m_add->show();
    }
    if (word.isEmpty() || m_words.contains(word)) {
        return;
    }
    m_words.append(word);
    fill();
    Q_EMIT edited();
}

bool ChipList::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_field->clear();
        m_add->show();
        m_add->setFocus();
        m_field->hide();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}
