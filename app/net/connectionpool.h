// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QThreadPool>
#include <QUrl>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;

/**
 * Network managers, and which of them takes the next call. A manager is a thread and a set of
 * connections; it decides by itself which of those a call goes over, and it takes one that was used
 * before wherever the peer's answer did not say "close". So a connection is known to be fresh only
 * if its manager is.
 */
class ConnectionPool : public QObject
{
public:
    enum class Use {
        Once, ///< a call has a manager to itself, which goes with it: no connection is used twice
        Kept, ///< six calls at a time share a manager, and connections stay open for the next
    };

    /**
     * How many calls of Use::Once may be in progress together if the descriptors that the system
     * grants are fewer than such a pool would take; nothing if they are enough.
     */
    static std::optional<int> scarceCalls();

    explicit ConnectionPool(Use use, QObject *parent = nullptr);
    /** Called when take() may give a manager again after it gave none; never from within a call. */
    /**
     * From now on who has ended makes room at once: which call waits for which must not depend on
     * how quickly threads end. For a rehearsal, and before there are calls.
     */
    void endInOrder() { m_endsInOrder = true; }
    void whenThereIsRoom(std::function<void()> call) { m_onRoom = std::move(call); }
    ~ConnectionPool() override;

    /** A manager that counts as busy until release(); nullptr if as many as may be are. */
    QNetworkAccessManager *take();
    /** A call on it has ended. It may be the one that calls. */
    void release(const QNetworkAccessManager *manager);
    /**
     * The same, but its connections stay open that long: a peer that is still at work is not cut
     * off. Only for Use::Once. Milliseconds.
     */
    void releaseAfter(const QNetworkAccessManager *manager, int milliseconds);
    /** It takes no more calls: the next one might get a connection that is just being closed. */
    void retire(const QNetworkAccessManager *manager);
    /**
     * Opens connections, so that this many calls to the origin find one each; those that are open
     * and unused count. Only for Use::Once. Many are opened in steps, between other events.
     */
    void warm(const QUrl &origin, int calls);
    /** No call that begins from now on goes over a connection that is open already. */
    void forget();

private:
    struct Manager
    {
        std::unique_ptr<QNetworkAccessManager> network;
        int busy = 0;
        /** It takes no more calls, and goes when those on it have ended. */
        bool isTainted = false;
    };

    std::vector<Manager>::iterator find(const QNetworkAccessManager *manager);
    QNetworkAccessManager *add();
    bool isFull() const;
    void openNext();
    void discard(std::unique_ptr<QNetworkAccessManager> network);
    /** One that was discarded has given back its thread and descriptors. */
    void countEnded();

    const Use m_use;
    const size_t m_most;
    std::vector<Manager> m_managers;
    QUrl m_origin;
    int m_toOpen = 0;
    /** The number of those that take no more calls but still hold a thread and descriptors. */
    int m_ending = 0;
    bool m_endsInOrder = false;
    std::function<void()> m_onRoom;
    /** The thread in which managers are destroyed, since each waits for its own thread to end. */
    QThreadPool m_graveyard;
};
