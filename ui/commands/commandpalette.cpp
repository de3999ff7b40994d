// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandpalette.h"

#include "ui/commands/commandset.h"
#include "ui/look/text.h"
#include "ui/look/theme.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTimer>
#include <QVBoxLayout>

namespace {

enum PaletteRole { KeyRole = Qt::UserRole, GroupRole, CommandRole, EnabledRole };

/** A command's name, the menu it is found in, and its key at the right. */
class PaletteDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {QStyledItemDelegate::sizeHint(option, index).width(),
                scaledInt(QFontMetricsF(option.font), 30)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const Theme &theme = Theme::of(option.palette);
        const QFontMetricsF metrics(option.font);
        painter->save();
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, theme.selectedRow);
        }
        const int side = scaledInt(metrics, 12);
        const QRect room = option.rect.adjusted(side, 0, -side, 0);
        const bool enabled = index.data(EnabledRole).toBool();
        const QString name = index.data(Qt::DisplayRole).toString();
        painter->setFont(option.font);
        painter->setPen(enabled ? theme.text : theme.border);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignVCenter, name);
        painter->setPen(theme.secondary);
        const int after = int(metrics.horizontalAdvance(name)) + scaledInt(metrics, 10);
        painter->drawText(room.adjusted(after, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          index.data(GroupRole).toString());
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter, index.data(KeyRole).toString());
        painter->restore();
    }
};

/** All the words begin a word of the name or of the group, or stand within the name. */
bool matches(const QString &typed, const QString &name, const QString &group)
{
    const QString all = group + u' ' + name;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(), [&](const QString &word) {
        return all.contains(word, Qt::CaseInsensitive);
    });
}

} // namespace

CommandPalette::CommandPalette(const CommandSet &commands, QWidget *parent)
    : QDialog(parent, Qt::Popup)
    , m_commands(commands)
    , m_words(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("All commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    const QFontMetricsF metrics(font());
    m_words->setPlaceholderText(tr("What shall be done?"));
    m_words->setAccessibleName(tr("Command"));
    m_words->setClearButtonEnabled(true);
    m_words->installEventFilter(this);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFocusProxy(m_words); // from where it is steered
    m_list->setAccessibleName(tr("Commands"));
    auto *column = new QVBoxLayout(this);
    const int side = scaledInt(metrics, 6);
    column->setContentsMargins(side, side, side, side);
    column->setSpacing(side);
    column->addWidget(m_words);
    column->addWidget(m_list);
    resize(scaledInt(metrics, 560), scaledInt(metrics, 420));
    if (parent) {
        const QPoint top =
            parent->mapToGlobal(QPoint((parent->width() - width()) / 2, scaledInt(metrics, 72)));
        move(top);
    }
    connect(m_words, &QLineEdit::textChanged, this, &CommandPalette::fill);
    connect(m_words, &QLineEdit::returnPressed, this, &CommandPalette::perform);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::perform);
    fill();
    m_words->setFocus();
}

void CommandPalette::fill()
{
    m_list->clear();
    for (const CommandSet::Command &command : m_commands.commands()) {
        if (!matches(m_words->text(), command.name, command.group)) {
            continue;
        }
        auto *item = new QListWidgetItem(command.name, m_list);
        item->setData(GroupRole, command.group);
        item->setData(KeyRole, command.action->shortcut().toString(QKeySequence::NativeText));
        item->setData(CommandRole, command.id);
        item->setData(EnabledRole, command.action->isEnabled());
        item->setData(Qt::AccessibleTextRole,
                      tr("%1, %2, %3")
                          .arg(command.name, command.group, command.action->shortcut().toString()));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::perform()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item || !item->data(EnabledRole).toBool()) {
        QApplication::beep();
        return;
    }
    QAction *action = m_commands.action(item->data(CommandRole).toString());
    close();
    // Behind the closing, so that the window has the focus again when it is done.
    QTimer::singleShot(0, action, &QAction::trigger);
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_words && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp ||
            key == Qt::Key_PageDown) {
            QApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}
