// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/show/checklist.h"

#include "app/readiness/showcheck.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"
#include "ui/show/checkicon.h"
#include "ui/widgets/spoken.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace {

QLabel *wrappedLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

/** Over a ground of the base colour a label takes its ink from another role than over a window. */
void tint(QLabel *label, const QColor &ink)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, ink);
    palette.setColor(QPalette::Text, ink);
    label->setPalette(palette);
}

} // namespace

/** One item. */
class CheckList::Row : public QWidget
{
public:
    Row(CheckList *list, const QString &itsId)
        : QWidget(list->m_page)
        , id(itsId)
        , m_list(list)
        , m_mark(new QLabel(this))
        , m_topic(new QLabel(this))
        , m_sentence(wrappedLabel(this))
        , m_fix(wrappedLabel(this))
        , m_button(new QPushButton(this))
    {
        const QFontMetricsF metrics(font());
        setObjectName(id);
        auto *grid = new QGridLayout(this);
        grid->setContentsMargins(scaledInt(metrics, 12), scaledInt(metrics, 7),
                                 scaledInt(metrics, 12), scaledInt(metrics, 7));
        grid->setHorizontalSpacing(scaledInt(metrics, 10));
        grid->setVerticalSpacing(scaledInt(metrics, 2));
        grid->setColumnMinimumWidth(1, scaledInt(metrics, 88));
        grid->setColumnStretch(2, 1);
        m_topic->setTextFormat(Qt::PlainText);
        QFont bold = m_topic->font();
        bold.setWeight(QFont::DemiBold);
        m_topic->setFont(bold);
        m_button->setAutoDefault(false);
        grid->addWidget(m_mark, 0, 0, Qt::AlignTop);
        grid->addWidget(m_topic, 0, 1, Qt::AlignTop);
        grid->addWidget(m_sentence, 0, 2, Qt::AlignTop);
        grid->addWidget(m_fix, 1, 2, Qt::AlignTop);
        grid->addWidget(m_button, 0, 3, 2, 1, Qt::AlignVCenter);
        connect(m_button, &QPushButton::clicked, this,
                [this] { Q_EMIT m_list->fixRequested(m_item.fixId); });
    }

    void show(const CheckItem &item)
    {
        m_item = item;
        refresh();
    }

    void refresh()
    {
        const QFontMetricsF metrics(font());
        const Theme &theme = Theme::of(palette());
        const int size = scaledInt(metrics, 18);
        m_mark->setPixmap(checkIcon(m_item.state).pixmap(QSize(size, size), devicePixelRatioF()));
        setSpokenName(m_mark, stateName(m_item.state));
        m_mark->setToolTip(stateName(m_item.state));
        m_topic->setText(m_item.topic);
        m_sentence->setText(m_item.sentence);
        m_fix->setText(m_item.fix);
        m_fix->setVisible(!m_item.fix.isEmpty());
        tint(m_sentence, m_item.state == CheckItem::State::Running ? theme.secondary : theme.text);
        tint(m_fix, theme.secondary);
        const QString label = fixLabel(m_item.fixId);
        m_button->setText(label);
        m_button->setVisible(!label.isEmpty() && m_list->m_fixes.contains(m_item.fixId));
        setSpokenName(m_button, tr("%1: %2").arg(m_item.topic, label));
        setSpokenDescription(m_button, m_item.sentence);
        setSpokenName(this,
                      tr("%1, %2: %3 %4")
                          .arg(m_item.topic, stateName(m_item.state), m_item.sentence, m_item.fix)
                          .trimmed());
    }

    const QString id;

protected:
    void changeEvent(QEvent *event) override
    {
        QWidget::changeEvent(event);
        if (event->type() == QEvent::PaletteChange && !m_isRefreshing) {
            m_isRefreshing = true;
            refresh();
            m_isRefreshing = false;
        }
    }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = Theme::of(palette());
        const bool isBad =
            m_item.state == CheckItem::State::Problem || m_item.state == CheckItem::State::Warning;
        if (isBad) {
            const QColor ink = checkInk(m_item.state, theme);
            painter.fillRect(rect(), mixed(theme.base, ink, theme.dark ? 0.1 : 0.06));
            painter.fillRect(QRectF(0, 0, scaled(QFontMetricsF(font()), 3), height()), ink);
        }
        painter.setPen(theme.separator);
        painter.drawLine(0, height() - 1, width(), height() - 1);
    }

private:
    CheckList *m_list;
    CheckItem m_item;
    QLabel *m_mark;
    QLabel *m_topic;
    QLabel *m_sentence;
    QLabel *m_fix;
    QPushButton *m_button;
    bool m_isRefreshing = false;
};

CheckList::CheckList(ShowCheck *check, QWidget *parent)
    : QScrollArea(parent)
    , m_check(check)
    , m_page(new QWidget)
    , m_column(new QVBoxLayout(m_page))
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWidget(m_page);
    m_page->setBackgroundRole(QPalette::Base);
    m_page->setAutoFillBackground(true);
    setAccessibleName(tr("What was checked"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    m_column->addStretch(1);
    connect(m_check, &ShowCheck::restarted, this, &CheckList::rebuild);
    connect(m_check, &ShowCheck::itemChanged, this, &CheckList::showItem);
    rebuild();
}

void CheckList::setFixes(const QStringList &fixIds)
{
    m_fixes = fixIds;
    for (Row *row : std::as_const(m_rows)) {
        row->refresh();
    }
}

void CheckList::rebuild()
{
    const QList<CheckItem> items = m_check->items();
    const bool isSame =
        std::equal(items.begin(), items.end(), m_rows.begin(), m_rows.end(),
                   [](const CheckItem &item, const Row *row) { return item.id == row->id; });
    if (!isSame) {
        qDeleteAll(std::exchange(m_rows, {}));
        for (const CheckItem &item : items) {
            addRow(item.id);
        }
    }
    for (const CheckItem &item : items) {
        showItem(item);
    }
}

CheckList::Row *CheckList::addRow(const QString &id)
{
    auto *row = new Row(this, id);
    m_column->insertWidget(int(m_rows.size()), row);
    m_rows.append(row);
    return row;
}

void CheckList::showItem(const CheckItem &item)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const Row *row) { return row->id == item.id; });
    (found == m_rows.end() ? addRow(item.id) : *found)->show(item);
}
