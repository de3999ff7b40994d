// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/prompt/advicelist.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"
#include "ui/widgets/livelook.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

/** One advice with its mark. */
class AdviceList::Row : public QWidget
{
public:
    explicit Row(AdviceList *list)
        : QWidget(list)
        , m_mark(new QLabel(this))
        , m_words(new QLabel(this))
        , m_add(new QToolButton(this))
    {
        const QFontMetricsF metrics(font());
        auto *row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(scaledInt(metrics, 8));
        m_words->setWordWrap(true);
        m_words->setTextFormat(Qt::PlainText);
        m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        m_add->setText(tr("Add a sentence"));
        m_add->setObjectName(QStringLiteral("addSentence"));
        m_add->setAutoRaise(true);
        m_add->setCursor(Qt::PointingHandCursor);
        QFont link = font();
        link.setUnderline(true);
        m_add->setFont(link);
        row->addWidget(m_mark, 0, Qt::AlignTop);
        row->addWidget(m_words, 1);
        row->addWidget(m_add, 0, Qt::AlignTop);
        connect(m_add, &QToolButton::clicked, list,
                [this, list] { Q_EMIT list->insertRequested(m_insertion); });
    }

    void setAdvice(const PromptAdvice &advice)
    {
        const int side = scaledInt(QFontMetricsF(font()), 16);
        setMark(m_mark, icon(advice.isGood ? Glyph::Check : Glyph::Warning), side);
        m_words->setText(advice.sentence);
        m_insertion = advice.insertion;
        m_add->setVisible(!m_insertion.isEmpty());
        m_add->setToolTip(m_insertion);
        m_add->setAccessibleName(tr("Add the sentence: %1").arg(m_insertion));
        setInk(m_add, &Theme::accent);
    }

private:
    QString m_insertion;
    QLabel *m_mark;
    QLabel *m_words;
    QToolButton *m_add;
};

AdviceList::AdviceList(QWidget *parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
{
    setObjectName(QStringLiteral("advice"));
    setAccessibleName(tr("Advice about the prompt"));
    setFrameShape(QFrame::StyledPanel);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    const QFontMetricsF metrics(font());
    m_column->setContentsMargins(scaledInt(metrics, 10), scaledInt(metrics, 6),
                                 scaledInt(metrics, 6), scaledInt(metrics, 6));
    m_column->setSpacing(scaledInt(metrics, 3));
}

void AdviceList::setAdvice(const QList<PromptAdvice> &advice)
{
    // What is missing has a row each; what is there shares one, since there is nothing to do.
    QList<PromptAdvice> shown;
    QStringList good;
    for (const PromptAdvice &each : advice) {
        if (each.about == PromptAdvice::About::Length && each.isGood) {
            continue; // the count of words says so
        }
        if (each.isGood) {
            good.append(good.isEmpty()
                            ? each.sentence
                            : QString(each.sentence.left(1).toLower() + each.sentence.mid(1)));
        } else {
            shown.append(each);
        }
    }
    if (!good.isEmpty()) {
        shown.append({PromptAdvice::About::Length, true, good.join(QStringLiteral("; ")), {}});
    }
    while (m_rows.size() < shown.size()) {
        auto *row = new Row(this);
        m_column->addWidget(row);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < shown.size());
        if (i < shown.size()) {
            m_rows[i]->setAdvice(shown[i]);
        }
    }
}
