// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>
#include <type_traits>
#include <utility>

/**
 * What happens once an asynchronous call has its answer: a function, and the object that it is for.
 * Once that guard is destroyed the answer is dropped. A value; copies call the same function.
 *
 * Whoever takes one says whether it is called from within the call. It is called in the thread of
 * the one who was asked, and at most once.
 */
template<typename... Values>
class Continuation
{
public:
    /** Drops the answer. */
    Continuation() = default;
    /** `guard` must not be null. Braces are enough: `api.checkHealth({this, [this](…) { … }})`. */
    template<typename Call>
        requires std::is_invocable_v<Call &, const Values &...>
    Continuation(QObject *guard, Call call)
        : m_guard(guard)
        , m_call(std::move(call))
    {}

    /** Returns whether anybody still waits for the answer. */
    bool isAwaited() const { return m_guard && m_call; }

    /** Returns who waits for it; nullptr if it is gone. */
    QObject *guard() const { return m_guard; }

    /** Calls the function, unless the guard is gone. */
    void operator()(const Values &...values) const
    {
        if (isAwaited()) {
            m_call(values...);
        }
    }

    /** Calls it from the event loop of `from`, unless that or the guard is gone by then. */
    void callLater(QObject *from, const Values &...values) const
    {
        QMetaObject::invokeMethod(
            from, [self = *this, values...] { self(values...); }, Qt::QueuedConnection);
    }

private:
    QPointer<QObject> m_guard;
    std::function<void(const Values &...)> m_call;
};
