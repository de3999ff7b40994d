// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

/**
 * Where keys are kept: the environment first, then the desktop's keychain, then the memory of this
 * process, which all stores share. A key is never written to a file, a log or an error by this
 * program; where there is no keychain it ends with the program.
 *
 * What asks the keychain waits for it in a local event loop.
 */
class SecretStore
{
    Q_DECLARE_TR_FUNCTIONS(SecretStore)

public:
    enum class Place { Nowhere, Environment, Keychain, Session };

    /** Names one secret in each of its places. */
    struct Name
    {
        /** Empty where no variable of the environment stands for it. */
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

    /** Waits for two seconds at most. The first place in the order above that has a value. */
    Secret readNow(const Name &name) const;
    Standing whereIs(const Name &name) const;
    /** The sentence for a secret that was found in that place. */
    static QString sentenceFor(Place place, const Name &name);

    /** Until the program ends or forgets it; used where no other place has a value. */
    void keepForSession(const Name &name, const QByteArray &value);
    /**
     * Into the keychain, and reads it back, since a keychain may say that it wrote what it did not.
     * Waits half a minute at most, in which a user can unlock it. An error means that the keychain
     * did not take the value and that it is kept for the session instead.
     */
    Result<void> writeNow(const Name &name, const QByteArray &value);
    /**
     * Out of the session and the keychain, and reads the latter, for the same reason. An error
     * says where the secret still is, or may be. A locked keychain cannot be told from one without
     * the entry; readNow() does not find a key in it either.
     */
    Result<void> forget(const Name &name);
};
