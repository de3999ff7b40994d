// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/continuation.h"
#include "app/base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>
#include <chrono>

/**
 * Where keys are kept: the environment first, then the desktop's keychain, then the memory of this
 * process, which all stores share. A key is never written to a file, a log or an error by this
 * program; if there is no keychain it ends with the program.
 *
 * Every call that takes a Continuation returns at once. The answer always comes from the event
 * loop, never from within the call, even if it is known already. It comes also if the keychain
 * never answers, see ReadPatience and ChangePatience. For the thread of the application.
 */
class SecretStore
{
    Q_DECLARE_TR_FUNCTIONS(SecretStore)

public:
    enum class Place { Nowhere, Environment, Keychain, Session };

    /** How long a read waits: a locked keychain asks its user, who may not be there. */
    static constexpr std::chrono::milliseconds ReadPatience{2000};
    /** How long a change waits: who saves a key is there to unlock the keychain. */
    static constexpr std::chrono::milliseconds ChangePatience{30000};

    /** Names one secret in each of its places. */
    struct Name
    {
        /** Empty if no variable of the environment stands for it. */
        QByteArray variable;
        QString keychainEntry;
    };
    /** The incident API's key: TIMELINE_API_KEY, and "incident-api" in the keychain. */
    static Name apiKey();

    /** A value that is wiped from memory when its last copy goes. */
    struct Secret
    {
        QByteArray value;
        Place place = Place::Nowhere;
        /** Why the keychain could not be asked, for the first one to ask; else empty. */
        QString problem;

        ~Secret();
    };

    /** What a user is told about the place of a secret. */
    struct Standing
    {
        Place place = Place::Nowhere;
        QString sentence;
    };

    /** Answers with the value of the first place in the order above that has one. */
    void read(const Name &name, const Continuation<Secret> &done) const;
    /** Answers with the place where read() would find it. */
    void whereIs(const Name &name, const Continuation<Standing> &done) const;
    /** Returns the sentence for a secret that was found in that place. */
    static QString sentenceFor(Place place, const Name &name);

    /** Keeps it until the program ends or forgets it; used if no other place has a value. */
    void keepForSession(const Name &name, const QByteArray &value);
    /**
     * Writes it to the keychain and reads it back, since a keychain may say that it wrote what it
     * did not. An error means that the keychain did not take the value and that it is kept for the
     * session instead. An empty value is forgotten.
     */
    void write(const Name &name, const QByteArray &value, const Continuation<Result<void>> &done);
    /**
     * Removes it from the session and the keychain, and reads the latter, for the same reason. An
     * error says where the secret still is, or may be. A locked keychain cannot be told from one
     * without the entry; read() does not find a key in it either.
     */
    void forget(const Name &name, const Continuation<Result<void>> &done);
};
