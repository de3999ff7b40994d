// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <functional>

/** A service that answers by a function, whatever it is asked, and remembers what it was asked. */
class FakeService : public QDBusVirtualObject
{
    Q_OBJECT

public:
    /** What is returned; an invalid variant refuses. */
    using Answer = std::function<QVariant(const QDBusMessage &)>;

    FakeService(const QDBusConnection &bus, const char *name, Answer answer)
        : m_bus(bus)
        , m_name(QLatin1String(name))
        , m_answer(std::move(answer))
    {
        m_bus.registerVirtualObject(QStringLiteral("/"), this, QDBusConnection::SubPath);
        m_bus.registerService(m_name);
    }
    ~FakeService() override { leave(); }

    void leave()
    {
        m_bus.unregisterService(m_name);
        m_bus.unregisterObject(QStringLiteral("/"), QDBusConnection::UnregisterTree);
    }

    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override
    {
        calls.append(message.member());
        messages.append(message);
        if (isSilent) {
            message.setDelayedReply(true);
            return true;
        }
        const QVariant answer = m_answer(message);
        connection.send(answer.isValid() ? message.createReply(answer)
                                         : message.createErrorReply(QDBusError::AccessDenied,
                                                                    QStringLiteral("refused")));
        return true;
    }
    QString introspect(const QString &) const override { return {}; }

    QStringList calls;
    QList<QDBusMessage> messages;
    /** Never answers. */
    bool isSilent = false;

private:
    QDBusConnection m_bus;
    QString m_name;
    Answer m_answer;
};
