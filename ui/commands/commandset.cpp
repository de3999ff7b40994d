// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandset.h"

#include "ui/settings/windowsettings.h"

#include <QAction>
#include <QApplication>
#include <QWidget>
#include <algorithm>

namespace {

QList<QKeySequence> keysFrom(const QString &text)
{
    return QKeySequence::listFromString(text, QKeySequence::PortableText);
}

} // namespace

CommandSet::CommandSet(QWidget *window)
    : QObject(window)
    , m_window(window)
{}

QAction *CommandSet::add(const QString &id, const QString &group, const QString &text,
                         const QList<QKeySequence> &keys, const QIcon &image)
{
    auto *action = new QAction(image, text, m_window);
    action->setObjectName(id);
    QString name = text;
    name.remove(u'&').remove(QChar(0x2026));
    action->setIconText(name);
    m_window->addAction(action);
    m_commands.push_back({id, group, name, action, keys});
    describe(action, name);
    applyKeys(m_commands.back());
    return action;
}

void CommandSet::keepWithin(QAction *action, const QList<QWidget *> &widgets)
{
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    for (QWidget *widget : widgets) {
        widget->addAction(action);
    }
    // The window itself is no longer one of its places.
    if (auto *window = qobject_cast<QWidget *>(action->parent())) {
        window->removeAction(action);
    }
}

void CommandSet::describe(QAction *action, const QString &sentence)
{
    action->setProperty("sentence", sentence);
    const QKeySequence key = action->shortcut();
    action->setToolTip(key.isEmpty()
                           ? sentence
                           : tr("%1 (%2)").arg(sentence, key.toString(QKeySequence::NativeText)));
}

QAction *CommandSet::action(const QString &id) const
{
    const auto found = std::find_if(m_commands.begin(), m_commands.end(),
                                    [&](const Command &command) { return command.id == id; });
    return found == m_commands.end() ? nullptr : found->action;
}

void CommandSet::applyKeys(const Command &command)
{
    const QVariant own = keySettings().value(command.id);
    command.action->setShortcuts(own.isValid() ? keysFrom(own.toString()) : command.defaults);
    describe(command.action, command.action->property("sentence").toString());
}

void CommandSet::applyAllKeys()
{
    for (const Command &command : m_commands) {
        applyKeys(command);
    }
    Q_EMIT keysChanged();
}

void CommandSet::tellAllWindows()
{
    for (QWidget *window : QApplication::topLevelWidgets()) {
        for (CommandSet *commands :
             window->findChildren<CommandSet *>(QString(), Qt::FindDirectChildrenOnly)) {
            commands->applyAllKeys();
        }
    }
}

const CommandSet::Command *CommandSet::commandWith(const QKeySequence &key) const
{
    const auto found =
        std::find_if(m_commands.begin(), m_commands.end(), [&](const Command &command) {
            return command.action->shortcuts().contains(key);
        });
    return found == m_commands.end() ? nullptr : &*found;
}

void CommandSet::rebind(const QString &id, const QList<QKeySequence> &keys)
{
    QSettings settings = keySettings();
    const auto store = [&](const Command &command, const QList<QKeySequence> &now) {
        if (now == command.defaults) {
            settings.remove(command.id);
        } else {
            settings.setValue(command.id,
                              QKeySequence::listToString(now, QKeySequence::PortableText));
        }
    };
    for (const Command &command : m_commands) {
        QList<QKeySequence> left = command.action->shortcuts();
        left.removeIf([&](const QKeySequence &key) { return keys.contains(key); });
        if (command.id == id) {
            store(command, keys);
        } else if (left != command.action->shortcuts()) {
            store(command, left);
        }
    }
    settings.sync();
    tellAllWindows();
}

void CommandSet::resetKeys()
{
    QSettings settings = keySettings();
    settings.clear();
    settings.sync();
    tellAllWindows();
}
