// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/keysdialog.h"

#include "ui/commands/commandset.h"
#include "ui/look/text.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHash>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace {

QString keysText(const QAction *action)
{
    QStringList texts;
    for (const QKeySequence &key : action->shortcuts()) {
        texts << key.toString(QKeySequence::NativeText);
    }
    return texts.join(QStringLiteral(", "));
}

} // namespace

KeysDialog::KeysDialog(CommandSet &commands, const QList<std::pair<QString, QString>> &fixed,
                       QWidget *parent)
    : QDialog(parent)
    , m_commands(commands)
    , m_fixed(fixed)
    , m_search(new QLineEdit(this))
    , m_tree(new QTreeWidget(this))
    , m_key(new QKeySequenceEdit(this))
    , m_set(new QPushButton(tr("&Set this key"), this))
    , m_default(new QPushButton(tr("As it &came"), this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("keysDialog"));
    setWindowTitle(tr("Keys"));
    const QFontMetricsF metrics(font());
    m_search->setPlaceholderText(tr("Search commands and keys"));
    m_search->setClearButtonEnabled(true);
    m_tree->setHeaderLabels({tr("Command"), tr("Keys")});
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(true);
    m_tree->setRootIsDecorated(true);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_key->setAccessibleName(tr("New key"));
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setMinimumHeight(int(metrics.height() * 2));
    m_set->setAutoDefault(false);
    m_default->setAutoDefault(false);

    auto *line = new QHBoxLayout;
    auto *label = new QLabel(tr("&New key"), this);
    label->setBuddy(m_key);
    line->addWidget(label);
    line->addWidget(m_key, 1);
    line->addWidget(m_set);
    line->addWidget(m_default);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    QPushButton *all = buttons->addButton(tr("&All as they came"), QDialogButtonBox::ResetRole);
    all->setAutoDefault(false);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(m_tree, 1);
    column->addLayout(line);
    column->addWidget(m_note);
    column->addWidget(buttons);
    resize(scaledInt(metrics, 620), scaledInt(metrics, 640));

    connect(m_search, &QLineEdit::textChanged, this, &KeysDialog::fill);
    connect(m_tree, &QTreeWidget::currentItemChanged, this, &KeysDialog::showCurrent);
    connect(m_key, &QKeySequenceEdit::keySequenceChanged, this, &KeysDialog::showCurrent);
    connect(m_set, &QPushButton::clicked, this, &KeysDialog::assign);
    connect(m_default, &QPushButton::clicked, this, [this] {
        for (const CommandSet::Command &command : m_commands.commands()) {
            if (command.id == m_tree->currentItem()->data(0, Qt::UserRole).toString()) {
                m_commands.rebind(command.id, command.defaults);
                return;
            }
        }
    });
    connect(all, &QPushButton::clicked, &m_commands, &CommandSet::resetKeys);
    connect(&m_commands, &CommandSet::keysChanged, this, &KeysDialog::fill);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill();
    m_search->setFocus();
}

void KeysDialog::fill()
{
    const QTreeWidgetItem *current = m_tree->currentItem();
    const QString chosen = current ? current->data(0, Qt::UserRole).toString() : QString();
    const QString words = m_search->text().trimmed();
    m_tree->clear();
    QHash<QString, QTreeWidgetItem *> groups;
    const auto add = [&](const QString &group, const QString &name, const QString &keys,
                         const QString &id) {
        if (!name.contains(words, Qt::CaseInsensitive) &&
            !keys.contains(words, Qt::CaseInsensitive)) {
            return;
        }
        QTreeWidgetItem *&parent = groups[group];
        if (!parent) {
            parent = new QTreeWidgetItem(m_tree, {group});
            parent->setFirstColumnSpanned(true);
            parent->setFlags(Qt::ItemIsEnabled);
            QFont bold = font();
            bold.setWeight(QFont::DemiBold);
            parent->setFont(0, bold);
            parent->setExpanded(true);
        }
        auto *item = new QTreeWidgetItem(parent, {name, keys});
        item->setData(0, Qt::UserRole, id);
        if (!chosen.isEmpty() && id == chosen) {
            m_tree->setCurrentItem(item);
        }
    };
    for (const CommandSet::Command &command : m_commands.commands()) {
        add(command.group, command.name, keysText(command.action), command.id);
    }
    for (const auto &[keys, what] : m_fixed) {
        add(tr("In the timeline, always"), what, keys, {});
    }
    showCurrent();
}

void KeysDialog::showCurrent()
{
    const QTreeWidgetItem *item = m_tree->currentItem();
    const QString id = item ? item->data(0, Qt::UserRole).toString() : QString();
    m_key->setEnabled(!id.isEmpty());
    m_default->setEnabled(!id.isEmpty());
    const QKeySequence key = m_key->keySequence();
    const CommandSet::Command *owner = key.isEmpty() ? nullptr : m_commands.commandWith(key);
    m_set->setEnabled(!id.isEmpty() && !(owner && owner->id == id));
    if (id.isEmpty()) {
        m_note->setText(tr("Choose a command to give it another key."));
    } else if (owner && owner->id != id) {
        m_note->setText(tr("%1 belongs to “%2”, which would lose it.")
                            .arg(key.toString(QKeySequence::NativeText), owner->name));
    } else if (key.isEmpty()) {
        m_note->setText(tr("Press the new key in the field. An empty field takes the key away."));
    } else {
        m_note->setText({});
    }
}

void KeysDialog::assign()
{
    const QString id = m_tree->currentItem()->data(0, Qt::UserRole).toString();
    const QKeySequence key = m_key->keySequence();
    m_commands.rebind(id, key.isEmpty() ? QList<QKeySequence>() : QList<QKeySequence>{key});
    m_key->clear();
}
